// A responder speaks for the CA that authorised it: while its own certificate and that CA are
// valid, and about moments at which they were. Under ocsp-nocheck nothing but the end of its
// certificate ever takes the authorisation back.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createResponder, type Validity } from '#libs/pki/issue-authority.js';
import { generateRsaKeyPair, type KeyPair } from '#libs/pki/issue-certificate.js';
import { writeOcspResponse, type OcspAnswer } from '#libs/pki/issue-ocsp.js';
import { defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { atMs, createWorld, goodAnswer, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const second = 1000;
const minute = 60 * second;
const day = 1440 * minute;
let world: World;
let keys: KeyPair;
beforeAll(async () => {
  [world, keys] = await Promise.all([createWorld(), generateRsaKeyPair()]);
});

const aDay: Validity = { notBeforeMs: atMs - day, notAfterMs: atMs + day };
type Asked = { readonly validity?: Partial<Validity>; readonly answer?: Partial<OcspAnswer>; readonly nowMs?: number };

async function judge({ validity = {}, answer = {}, nowMs = atMs }: Asked): Promise<string> {
  const responder = await createResponder(world.authority, { serial: Buffer.of(7), keys, ...aDay, ...validity });
  const response = writeOcspResponse(goodAnswer(world, answer), responder);
  return judged(response, nowMs);
}

function judged(response: Buffer, nowMs: number): string {
  const answer = judgeOcsp({ identity: world.identity, response, nonce: world.nonce, policy: defaultOcspPolicy, atMs: nowMs });
  return answer.ok ? 'good' : answer.error.reason;
}

/** An answer of that moment, about that moment. */
const answerOf = (timeMs: number): Partial<OcspAnswer> => ({ producedAtMs: timeMs, thisUpdateMs: timeMs, nextUpdateMs: null });

describe('the certificate of a responder', () => {
  it('is valid at the moment of judging, from its first second to its last', async () => {
    expect(await judge({ validity: { notAfterMs: atMs } })).toBe('good');
    expect(await judge({ validity: { notAfterMs: atMs }, nowMs: atMs + 999 })).toBe('good');
    expect(await judge({ validity: { notAfterMs: atMs }, nowMs: atMs + second })).toBe('ocsp-responder-validity');
    expect(await judge({ validity: { notBeforeMs: atMs }, answer: answerOf(atMs) })).toBe('good');
    expect(await judge({ validity: { notBeforeMs: atMs + second }, answer: answerOf(atMs) })).toBe('ocsp-responder-validity');
  });

  it('neither begins before its CA nor ends after it', async () => {
    const { notBeforeMs, notAfterMs } = world.identity.issuer;
    expect(await judge({ validity: { notBeforeMs, notAfterMs } })).toBe('good');
    expect(await judge({ validity: { notBeforeMs: notBeforeMs - second } })).toBe('ocsp-responder-validity-beyond-issuer');
    expect(await judge({ validity: { notAfterMs: notAfterMs + second } })).toBe('ocsp-responder-validity-beyond-issuer');
  });

  it('says nothing before its CA begins and after it has ended, however long it would last itself', async () => {
    const { notBeforeMs, notAfterMs } = world.identity.issuer;
    const long = { notBeforeMs: notBeforeMs - 10 * day, notAfterMs: notAfterMs + 10 * day };
    for (const nowMs of [notBeforeMs - second, notAfterMs + second]) {
      expect(await judge({ validity: long, answer: answerOf(nowMs), nowMs })).toBe('issuer-validity');
    }
  });
});

describe('an answer', () => {
  it('is of a moment at which its responder was authorised', async () => {
    const late = { notBeforeMs: atMs - 2 * minute };
    expect(await judge({ validity: late, answer: { thisUpdateMs: atMs - 2 * minute } })).toBe('good');
    expect(await judge({ validity: late, answer: { thisUpdateMs: atMs - 2 * minute - second } })).toBe('ocsp-outside-signer-validity');
    expect(await judge({ validity: late, answer: answerOf(atMs - 2 * minute - second) })).toBe('ocsp-outside-signer-validity');
  });

  it('was not produced after the end of its responder, within the tolerance of the clocks either', async () => {
    const ending = { notAfterMs: atMs + 30 * second };
    expect(await judge({ validity: ending, answer: { producedAtMs: atMs + 30 * second } })).toBe('good');
    expect(await judge({ validity: ending, answer: { producedAtMs: atMs + 31 * second } })).toBe('ocsp-outside-signer-validity');
  });

  it('of the CA itself is of a moment at which the CA was valid', () => {
    const { privateKey, keyId } = world.authority;
    const { notBeforeMs, notAfterMs } = world.identity.issuer;
    const byAuthority = (timeMs: number, nowMs: number): string =>
      judged(writeOcspResponse(goodAnswer(world, answerOf(timeMs)), { privateKey, keyId, certificate: null }), nowMs);
    expect(byAuthority(notBeforeMs, notBeforeMs)).toBe('good');
    expect(byAuthority(notBeforeMs - second, notBeforeMs)).toBe('ocsp-outside-signer-validity');
    expect(byAuthority(notAfterMs + second, notAfterMs)).toBe('ocsp-outside-signer-validity');
    expect(byAuthority(notAfterMs, notAfterMs + second)).toBe('issuer-validity');
  });

  it('that says revoked stays final: whatever its times, it only ever takes away', async () => {
    const certStatus = { status: 'revoked', revocationTimeMs: atMs - day, reason: 'superseded' } as const;
    const early = { ...answerOf(atMs - 2 * day), certStatus };
    expect(await judge({ answer: early })).toBe('revoked-superseded');
    expect(await judge({ answer: early, validity: { notAfterMs: atMs - second } })).toBe('ocsp-responder-validity');
  });
});
