// "I do not answer" (RFC 6960 §4.2.1) is no answer about a card, and the only thing besides a
// dead line for which a list may be asked. Which it was is a typed word, `outage`: the table
// that decides by it does not compile when a word is missing or was renamed.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { element, enumerated, explicit, octetString, oid, sequence } from '#libs/pki/der-writer.js';
import { writeOcspError } from '#libs/pki/issue-ocsp.js';
import { outageRefusal, type OcspOutage } from '#libs/pki/ocsp-outage.js';
import { defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { oids } from '#libs/pki/oids.js';
import { atMs, createWorld, goodResponse, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

function judge(response: Buffer): { reason: string; outage: OcspOutage | null } {
  const judged = judgeOcsp({ identity: world.identity, response, nonce: world.nonce, policy: defaultOcspPolicy, atMs });
  return judged.ok ? { reason: 'good', outage: null } : { reason: judged.error.reason, outage: judged.error.outage };
}

describe('the responder', () => {
  it.each([
    [1, 'malformed-request'],
    [2, 'internal-error'],
    [3, 'try-later'],
    [5, 'signature-required'],
    [6, 'unauthorized'],
  ] as const)('says with status %d: %s', (status, outage) => {
    expect(judge(writeOcspError(status))).toEqual({ reason: `ocsp-${outage}`, outage });
    expect(outageRefusal(outage)).toMatchObject({ code: 'revocation-unknown', reason: `ocsp-${outage}`, outage });
  });

  it('says nothing that counts as silence with a status that is none, or with more than a status', () => {
    expect(judge(sequence(enumerated(4)))).toEqual({ reason: 'ocsp-undefined-status', outage: null });
    expect(judge(sequence(enumerated(7)))).toEqual({ reason: 'ocsp-undefined-status', outage: null });
    expect(judge(sequence(element(0x0a, Buffer.of(0, 3))))).toEqual({ reason: 'der-integer', outage: null });
    const withBytes = sequence(enumerated(3), explicit(0, sequence(oid(oids.ocspBasic), octetString(Buffer.of(0)))));
    expect(judge(withBytes)).toEqual({ reason: 'der-trailing-bytes', outage: null });
    expect(judge(Buffer.concat([writeOcspError(3), Buffer.of(0)]))).toEqual({ reason: 'der-trailing-bytes', outage: null });
    expect(judge(sequence(enumerated(0)))).toEqual({ reason: 'der-missing', outage: null });
  });

  it('that answers is never silent, whatever its answer is worth', () => {
    const certStatus = { status: 'unknown' } as const;
    expect(judge(goodResponse(world, { certStatus }))).toEqual({ reason: 'ocsp-status-unknown', outage: null });
    expect(judge(goodResponse(world, { nonce: Buffer.alloc(32) }))).toEqual({ reason: 'ocsp-nonce-other', outage: null });
    expect(judge(goodResponse(world, { thisUpdateMs: atMs - 86_400_000 }))).toEqual({ reason: 'ocsp-too-old', outage: null });
  });
});

it('a table over the outages is whole and has no word that libs/pki does not say: the compiler sees to it', () => {
  const whole: Readonly<Record<OcspOutage, string>> = {
    'no-answer': 'ocsp-no-answer',
    'not-an-answer': 'ocsp-not-an-answer',
    'malformed-request': 'ocsp-malformed-request',
    'internal-error': 'ocsp-internal-error',
    'try-later': 'ocsp-try-later',
    'signature-required': 'ocsp-signature-required',
    unauthorized: 'ocsp-unauthorized',
  };
  // Had the type gone back to a mere string, the compiler would take a table with one word, and refuse these two lines.
  const withOneWord: Record<'no-answer', string> extends typeof whole ? 'taken' : 'refused' = 'refused';
  const withAnotherWord: 'try-again' extends OcspOutage ? 'taken' : 'refused' = 'refused';
  const words = Object.keys(whole) as OcspOutage[];
  expect(words.map((outage) => outageRefusal(outage).reason)).toEqual(Object.values(whole));
  expect([withOneWord, withAnotherWord]).toEqual(['refused', 'refused']);
});
