// OCSP answers that an authorised responder signed and that are wrong in one field. Each
// is "cannot tell", for its own reason.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  element,
  enumerated,
  explicit,
  generalizedTime,
  nullValue,
  octetString,
  oid,
  sequence,
  smallInteger,
} from '#libs/pki/der-writer.js';
import { writeOcspError, type OcspAnswer } from '#libs/pki/issue-ocsp.js';
import { writeName } from '#libs/pki/name.js';
import { buildOcspRequest, defaultOcspPolicy, judgeOcsp } from '#libs/pki/ocsp.js';
import { certIdOf } from '#libs/pki/ocsp-request.js';
import { oids } from '#libs/pki/oids.js';
import { added, childrenOf, contentOf, extension, extensionDer, field, resigned, type Change } from './forge.js';
import { atMs, createWorld, goodResponse, valueOf, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

const minute = 60_000;
const day = 1440 * minute;
const certIdWith = (changes: object) => (): Partial<OcspAnswer> => ({ certId: { ...certIdOf(world.identity, 'sha1'), ...changes } });
const answerWith = (changes: Partial<OcspAnswer>) => (): Partial<OcspAnswer> => changes;
const judgeAnswer = (changes: Partial<OcspAnswer>): string => verdict(world, { response: goodResponse(world, changes) });

describe('the answer of the authorised responder', () => {
  it.each<readonly [string, () => Partial<OcspAnswer>, string]>([
    ['as it is', answerWith({}), 'good'],
    ['of another serial number', certIdWith({ serial: '89ABCDEF02' }), 'revocation-unknown ocsp-other-certificate'],
    ["of another CA's name", certIdWith({ issuerNameHash: '00'.repeat(20) }), 'revocation-unknown ocsp-other-certificate'],
    ["of another CA's key", certIdWith({ issuerKeyHash: '00'.repeat(20) }), 'revocation-unknown ocsp-other-certificate'],
    ['under another hash', () => ({ certId: certIdOf(world.identity, 'sha256') }), 'revocation-unknown ocsp-other-certificate'],
    ['without the nonce', answerWith({ nonce: null }), 'revocation-unknown ocsp-nonce-missing'],
    ['to another nonce', answerWith({ nonce: Buffer.alloc(32) }), 'revocation-unknown ocsp-nonce-other'],
    ['to the beginning of the nonce', () => ({ nonce: world.nonce.subarray(0, 31) }), 'revocation-unknown ocsp-nonce-other'],
    ['to an empty nonce', answerWith({ nonce: Buffer.alloc(0) }), 'revocation-unknown ocsp-nonce'],
    ['20 minutes old', answerWith({ thisUpdateMs: atMs - 20 * minute }), 'good'],
    ['older than 20 minutes', answerWith({ thisUpdateMs: atMs - 20 * minute - 1000 }), 'revocation-unknown ocsp-too-old'],
    ['a minute ahead', answerWith({ thisUpdateMs: atMs + minute, producedAtMs: atMs + minute }), 'good'],
    ['from the future', answerWith({ thisUpdateMs: atMs + minute + 1000 }), 'revocation-unknown ocsp-from-the-future'],
    ['produced in the future', answerWith({ producedAtMs: atMs + minute + 1000 }), 'revocation-unknown ocsp-from-the-future'],
    ['produced before its update', answerWith({ producedAtMs: atMs - 2 * minute }), 'revocation-unknown ocsp-produced-before-update'],
    ['that another has followed', answerWith({ nextUpdateMs: atMs - 1000 }), 'revocation-unknown ocsp-next-update-passed'],
    ['followed before it was', answerWith({ nextUpdateMs: atMs - 2 * minute }), 'revocation-unknown ocsp-next-update-passed'],
    ['without a next update', answerWith({ nextUpdateMs: null }), 'good'],
    ['unknown', answerWith({ certStatus: { status: 'unknown' } }), 'certificate-unknown ocsp-status-unknown'],
    [
      'revoked',
      answerWith({ certStatus: { status: 'revoked', revocationTimeMs: atMs, reason: null } }),
      'certificate-revoked revoked-unspecified',
    ],
    [
      'on hold',
      answerWith({ certStatus: { status: 'revoked', revocationTimeMs: atMs, reason: 'certificateHold' } }),
      'certificate-revoked revoked-certificate-hold',
    ],
  ])('%s', (_name, changes, expected) => {
    expect(judgeAnswer(changes())).toBe(expected);
  });

  it.each<readonly [string, Partial<OcspAnswer>]>([
    ['older than 20 minutes', { thisUpdateMs: atMs - 21 * minute }],
    ['of last year, long followed', { thisUpdateMs: atMs - 365 * day, producedAtMs: atMs - 365 * day, nextUpdateMs: atMs - 364 * day }],
    ['that another has followed', { nextUpdateMs: atMs - 1000 }],
    ['produced before its update', { producedAtMs: atMs - 2 * minute }],
    ['from the future', { thisUpdateMs: atMs + day, producedAtMs: atMs + day, nextUpdateMs: atMs + 2 * day }],
  ])('that says revoked is final, also %s', (_name, times) => {
    const revoked = { status: 'revoked', revocationTimeMs: atMs - minute, reason: 'keyCompromise' } as const;
    expect(judgeAnswer({ ...times, certStatus: revoked })).toBe('certificate-revoked revoked-key-compromise');
    expect(judgeAnswer({ ...times, certStatus: { ...revoked, reason: 'certificateHold' } })).toBe(
      'certificate-revoked revoked-certificate-hold',
    );
    expect(judgeAnswer({ ...times, certStatus: { status: 'unknown' } })).toMatch(/^revocation-unknown /);
  });

  it('that says revoked counts only for this certificate, this question and under the right signature', () => {
    const certStatus = { status: 'revoked', revocationTimeMs: atMs, reason: null } as const;
    expect(judgeAnswer({ certStatus, nonce: Buffer.alloc(32) })).toBe('revocation-unknown ocsp-nonce-other');
    expect(judgeAnswer({ certStatus, certId: { ...certIdOf(world.identity, 'sha1'), serial: '89ABCDEF02' } })).toBe(
      'revocation-unknown ocsp-other-certificate',
    );
    const torn = goodResponse(world, { certStatus, thisUpdateMs: atMs - day });
    torn.writeUInt8(torn.readUInt8(torn.length - 1) ^ 1, torn.length - 1);
    expect(verdict(world, { response: torn })).toMatch(/^revocation-unknown /);
  });

  it('may come without a nonce, or under SHA-256, where the configuration says so', () => {
    const without = goodResponse(world, { nonce: null });
    expect(verdict(world, { response: without, policy: { nonce: 'accepted' } })).toBe('good');
    const replayed = goodResponse(world, { nonce: Buffer.alloc(32) });
    expect(verdict(world, { response: replayed, policy: { nonce: 'accepted' } })).toBe('revocation-unknown ocsp-nonce-other');
    const sha256 = goodResponse(world, { certId: certIdOf(world.identity, 'sha256') });
    expect(verdict(world, { response: sha256, policy: { certIdHash: 'sha256' } })).toBe('good');
  });

  it('is refused with a nonce when none was sent', () => {
    const input = { identity: world.identity, response: goodResponse(world), nonce: null, atMs };
    const judged = judgeOcsp({ ...input, policy: { ...defaultOcspPolicy, nonce: 'accepted' } });
    expect(judged).toMatchObject({ ok: false, error: { reason: 'ocsp-nonce-other' } });
  });

  it.each([1, 2, 3, 6] as const)('is no answer with status %d', (status) => {
    expect(verdict(world, { response: writeOcspError(status) })).toMatch(/^revocation-unknown ocsp-/);
  });

  it('gives the evidence that the center passes on', () => {
    const response = goodResponse(world);
    const input = { identity: world.identity, nonce: world.nonce, policy: defaultOcspPolicy, atMs };
    const evidence = valueOf(judgeOcsp({ ...input, response }));
    expect(evidence).toMatchObject({ source: 'ocsp', thisUpdateMs: atMs - minute, nextUpdateMs: atMs + 15 * minute });
    expect(evidence.evidence).toEqual(response);
    expect(buildOcspRequest(world.identity, world.nonce).length).toBeGreaterThan(100);
  });
});

/** Changes ResponseData: responderID, producedAt, responses, extensions; signed by the right responder. */
function forged(change: Change): Buffer {
  return rewrapped((basic) => resigned(basic, change, world.responder.privateKey));
}

function rewrapped(change: (basic: Buffer) => Buffer, type: string = oids.ocspBasic): Buffer {
  const [status, wrapper] = childrenOf(goodResponse(world));
  const basic = contentOf(childrenOf(contentOf(wrapper ?? Buffer.alloc(0)))[1] ?? Buffer.alloc(0));
  return sequence(status ?? Buffer.alloc(0), explicit(0, sequence(oid(type), octetString(change(basic)))));
}

const single = (change: Change): Change => field(2, (list) => sequence(sequence(...change(childrenOf(childrenOf(list)[0] ?? list)))));

describe('an answer of another form', () => {
  it.each<readonly [string, Change, string]>([
    ['two answers', field(2, (list) => sequence(contentOf(list), contentOf(list))), 'der-trailing-bytes'],
    ['no answers', field(2, sequence()), 'der-missing'],
    ['version written out', (all) => [explicit(0, smallInteger(0)), ...all], 'der-tag'],
    ['extensions of the single answer', single((all) => [...all, explicit(1, sequence())]), 'der-trailing-bytes'],
    ['good with content', single(field(1, element(0x80, Buffer.of(0)))), 'der-null'],
    ['a fraction of a second', single(field(2, element(0x18, Buffer.from('20261123025900.5Z')))), 'der-time'],
    ['UTCTime', single(field(2, element(0x17, Buffer.from('261123025900Z')))), 'der-tag'],
    ['no thisUpdate', single((all) => all.filter((_, index) => index !== 2)), 'der-tag'],
    ['an unknown critical extension', added(extensionDer('1.2.3', { critical: true, value: nullValue() })), 'der-trailing-bytes'],
    ['the nonce critical', extension(oids.ocspNonce, (old) => ({ ...old, critical: true })), 'ocsp-extension'],
    [
      'another extension for the nonce',
      (all) => added(extensionDer('1.2.3', { critical: false, value: nullValue() }))(extension(oids.ocspNonce, null)(all)),
      'ocsp-extension',
    ],
    [
      'the responder named otherwise',
      field(
        0,
        explicit(
          1,
          writeName([
            ['C', 'JP'],
            ['CN', 'X'],
          ]),
        ),
      ),
      'ocsp-signer',
    ],
    ["another key's hash", field(0, explicit(2, octetString(Buffer.alloc(20)))), 'ocsp-signer'],
    ['another producedAt', field(1, generalizedTime(atMs + day)), 'ocsp-from-the-future'],
  ])('%s', (_name, change, reason) => {
    expect(verdict(world, { response: forged((all) => all) })).toBe('good');
    expect(verdict(world, { response: forged(change) })).toBe(`revocation-unknown ${reason}`);
  });

  it('is refused around what is signed', () => {
    expect(verdict(world, { response: rewrapped((basic) => basic, '1.3.6.1.5.5.7.48.1.9') })).toBe('revocation-unknown ocsp-response-type');
    const withStatus = sequence(enumerated(3), ...childrenOf(goodResponse(world)).slice(1));
    expect(verdict(world, { response: withStatus })).toBe('revocation-unknown der-trailing-bytes');
    const certificates = (...list: Buffer[]): string =>
      verdict(world, { response: rewrapped((basic) => sequence(...childrenOf(basic).slice(0, 3), ...list)) });
    const own = world.responder.certificate ?? Buffer.alloc(0);
    expect(certificates(explicit(0, sequence(own)))).toBe('good');
    expect(certificates()).toBe('revocation-unknown ocsp-signer');
    expect(certificates(explicit(0, sequence()))).toBe('revocation-unknown der-missing');
    expect(certificates(explicit(0, sequence(own, world.authority.certificate)))).toBe('revocation-unknown der-trailing-bytes');
    expect(certificates(explicit(0, sequence(world.authority.certificate)))).toBe('revocation-unknown ocsp-responder-key-usage');
  });
});
