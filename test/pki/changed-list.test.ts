// Revocation lists that the right CA signed and that are wrong in one field or of another
// scope, and right ones that somebody else signed. None of them says anything.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { userAuthenticationProfile } from '#libs/pki/certificate-profile.js';
import { defaultCrlPolicy, judgeCrl, readCrl, type CrlPolicy } from '#libs/pki/crl.js';
import { element, enumerated, nullValue, oid, sequence, smallInteger } from '#libs/pki/der-writer.js';
import { createAuthority } from '#libs/pki/issue-authority.js';
import { writeCrl } from '#libs/pki/issue-crl.js';
import { crlPointName, pointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { judgeCertificate } from '#libs/pki/statement.js';
import { readTrustAnchors } from '#libs/pki/trust-list.js';
import { added, childrenOf, extension, extensionDer, field, resigned, type Change } from './forge.js';
import { atMs, createWorld, goodCrlDer, otherEntries, valueOf, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let world: World;
beforeAll(async () => {
  world = await createWorld();
});

const hour = 3_600_000;
const policy: CrlPolicy = { ...defaultCrlPolicy, kinds: ['resident-record', 'seal-registration'] };

function judge(der: Buffer, changes: { kind?: string; policy?: CrlPolicy; atMs?: number; identity?: World['identity'] } = {}): string {
  const crl = readCrl(der, world.anchors);
  if (!crl.ok) return `${crl.error.code} ${crl.error.reason}`;
  const judged = judgeCrl({ identity: world.identity, crl: crl.value, kind: 'resident-record', policy, atMs, ...changes });
  return judged.ok ? 'good' : `${judged.error.code} ${judged.error.reason}`;
}

const forged = (change: Change): Buffer => resigned(goodCrlDer(world), change, world.authority.privateKey);
const utc = (text: string): Buffer => element(0x17, Buffer.from(text));
const revokedDate = utc('261101000000Z');
const entryWith = (...extensions: Buffer[]): Buffer =>
  sequence(smallInteger(5), revokedDate, ...(extensions.length === 0 ? [] : [sequence(...extensions)]));
const plain = (type: string, value: Buffer): Buffer => extensionDer(type, { critical: false, value });
const reason = (n: number): Buffer => plain(oids.reasonCode, enumerated(n));
const scopeWith = (...more: Buffer[]): Change =>
  extension(oids.issuingDistributionPoint, (old) => ({ ...old, value: sequence(pointName(world.crlPoint), ...more) }));
const otherScope = crlPointName('user-authentication', 'JPKI-TEST', [['CN', 'Atlantis-ken CRLDP']]);

describe('a list', () => {
  it('says good of a card that is not on it', () => {
    expect(judge(goodCrlDer(world))).toBe('good');
    expect(judge(goodCrlDer(world, []))).toBe('good');
    expect(judge(forged(scopeWith()))).toBe('good');
  });

  it.each(['unspecified', 'certificateHold', 'keyCompromise'] as const)('says revoked of a card that is on it: %s', (why) => {
    const entry = { serial: Buffer.from('89abcdef01', 'hex'), revocationTimeMs: atMs - hour, reason: why };
    expect(judge(goodCrlDer(world, [...otherEntries, entry]))).toMatch(/^certificate-revoked revoked-/);
  });

  it('finds each of many, and none besides', () => {
    const serialOf = (index: number): Buffer => Buffer.from((0x100000 + index * 7).toString(16), 'hex');
    const entries = Array.from({ length: 5000 }, (_, index) => ({
      serial: serialOf(index),
      revocationTimeMs: atMs,
      reason: 'superseded' as const,
    }));
    const crl = valueOf(readCrl(goodCrlDer(world, entries), world.anchors));
    expect(crl.entryCount).toBe(5000);
    const found = entries.filter((entry) => crl.findReason(entry.serial.toString('hex').toUpperCase()) === 'superseded');
    expect(found.length).toBe(5000);
    expect(['100001', '10', '00100000', '', 'zz', '1000000000'].map((serial) => crl.findReason(serial))).toEqual(Array(6).fill(null));
  });

  it('serves only the kinds that the configuration names, and never 印鑑', () => {
    expect(judge(goodCrlDer(world), { kind: 'tax' })).toBe('revocation-unknown crl-not-allowed-for-kind');
    expect(judge(goodCrlDer(world), { policy: defaultCrlPolicy })).toBe('revocation-unknown crl-not-allowed-for-kind');
    expect(judge(goodCrlDer(world), { kind: 'seal-registration' })).toBe('revocation-unknown crl-not-allowed-for-kind');
  });

  it('has an age', () => {
    const der = goodCrlDer(world);
    expect(judge(der, { atMs: atMs + 18 * hour })).toBe('good');
    expect(judge(der, { atMs: atMs + 18 * hour + 1000 })).toBe('revocation-unknown crl-too-old');
    expect(judge(der, { policy: { ...policy, maxAgeMs: 6 * hour - 1 } })).toBe('revocation-unknown crl-too-old');
    expect(judge(der, { atMs: atMs - 6 * hour - 60_000 })).toBe('good');
    expect(judge(der, { atMs: atMs - 6 * hour - 61_000 })).toBe('revocation-unknown crl-from-the-future');
  });

  it('says nothing of a certificate without a distribution point, where the profile lets it be one', () => {
    const certificate = resigned(world.certificate, extension(oids.cRLDistributionPoints, null), world.authority.privateKey);
    const rules = { ...userAuthenticationProfile.extensions, cRLDistributionPoints: { presence: 'optional', critical: 'no' } } as const;
    const profile = { ...userAuthenticationProfile, extensions: rules };
    const identity = valueOf(judgeCertificate({ certificate, anchors: world.anchors, atMs, profile }));
    expect(judge(goodCrlDer(world), { identity })).toBe('revocation-unknown crl-other-scope');
  });
});

describe('a list that the right CA signed', () => {
  it.each<readonly [string, Change, string]>([
    ['version 1', (all) => all.slice(1), 'der-tag'],
    ['version 3', field(0, smallInteger(2)), 'crl-not-version-2'],
    ['inner algorithm SHA-1', field(1, sequence(oid('1.2.840.113549.1.1.5'), nullValue())), 'signature-algorithm'],
    ['another issuer', field(2, writeName([['C', 'JP']])), 'crl-signer'],
    ['no nextUpdate', (all) => all.filter((_, index) => index !== 4), 'der-tag'],
    ['nextUpdate before thisUpdate', field(4, utc('200101000000Z')), 'crl-validity-reversed'],
    ['an empty list written out', field(5, sequence()), 'crl-list-empty'],
    ['a serial twice', field(5, sequence(entryWith(), entryWith())), 'crl-serial-twice'],
    ['an entry without a date', field(5, sequence(sequence(smallInteger(5)))), 'der-missing'],
    ['an entry with a negative serial', field(5, sequence(sequence(element(2, Buffer.of(0x80)), revokedDate))), 'der-integer-not-positive'],
    [
      'an entry of another issuer',
      field(5, sequence(entryWith(extensionDer('2.5.29.29', { critical: true, value: sequence() })))),
      'crl-entry-extension',
    ],
    ['an entry with an unknown extension', field(5, sequence(entryWith(plain('1.2.3', nullValue())))), 'crl-entry-extension'],
    ['an entry with two reasons', field(5, sequence(entryWith(reason(1), reason(1)))), 'crl-entry-extension'],
    ['an entry with reason 7', field(5, sequence(entryWith(reason(7)))), 'crl-reason'],
    ['an entry that takes back', field(5, sequence(entryWith(reason(8)))), 'crl-remove-from-crl'],
    ['an entry with empty extensions', field(5, sequence(sequence(smallInteger(5), revokedDate, sequence()))), 'der-empty-list'],
    ['an entry with a UTCTime for the invalidity date', field(5, sequence(entryWith(plain(oids.invalidityDate, revokedDate)))), 'der-tag'],
    ['no extensions', (all) => all.slice(0, -1), 'der-missing'],
    ['no scope', extension(oids.issuingDistributionPoint, null), 'crl-scope-missing'],
    [
      'a scope that is not critical',
      extension(oids.issuingDistributionPoint, (old) => ({ ...old, critical: false })),
      'extension-criticality',
    ],
    [
      'another scope',
      extension(oids.issuingDistributionPoint, (old) => ({ ...old, value: sequence(pointName(otherScope)) })),
      'crl-other-scope',
    ],
    ['a scope without a name', extension(oids.issuingDistributionPoint, (old) => ({ ...old, value: sequence() })), 'der-missing'],
    ['a scope of CA certificates', scopeWithFlag(2), 'der-trailing-bytes'],
    ['a scope of some reasons', scopeWithFlag(3), 'der-trailing-bytes'],
    ['an indirect list', scopeWithFlag(4), 'der-trailing-bytes'],
    ['user certificates FALSE written out', scopeWithFlag(1, 0), 'der-boolean'],
    ['a delta list', added(extensionDer('2.5.29.27', { critical: true, value: smallInteger(1) })), 'extension-criticality'],
    ['an unknown extension', added(plain('1.2.3', nullValue())), 'crl-extension'],
    ['an extension twice', added(plain(oids.cRLNumber, smallInteger(1))), 'extension-twice'],
    [
      'the key identifier of another CA',
      extension(oids.authorityKeyIdentifier, (old) => ({ ...old, value: sequence(element(0x80, Buffer.alloc(20))) })),
      'crl-signer',
    ],
  ])('is refused with %s', (_name, change, expected) => {
    expect(judge(forged(change))).toBe(`revocation-unknown ${expected}`);
  });
});

/** The scope of the good list, with one flag more. */
function scopeWithFlag(n: number, value = 0xff): Change {
  return extension(oids.issuingDistributionPoint, (old) => {
    const [point] = childrenOf(old.value);
    return { ...old, value: sequence(point ?? Buffer.alloc(0), element(0x80 | n, Buffer.of(value))) };
  });
}

describe('a list that somebody else signed', () => {
  it('is refused', async () => {
    const validity = { notBeforeMs: atMs - hour, notAfterMs: atMs + hour };
    const namesake = await createAuthority({
      purpose: 'user-authentication',
      organization: 'JPKI-TEST',
      serial: Buffer.of(1),
      ...validity,
    });
    expect(judge(resigned(goodCrlDer(world), (all) => all, namesake.privateKey))).toBe('revocation-unknown crl-signer');
    expect(judge(resigned(goodCrlDer(world), (all) => all, world.cardKey))).toBe('revocation-unknown crl-signer');
  });

  it('of another pinned CA says nothing of this card', async () => {
    const validity = { notBeforeMs: atMs - 100 * hour, notAfterMs: atMs + 100 * hour };
    const signing = await createAuthority({ purpose: 'digital-signature', organization: 'JPKI-TEST', serial: Buffer.of(1), ...validity });
    const { name: issuer, keyId: authorityKeyId, privateKey } = signing;
    const times = { thisUpdateMs: atMs - hour, nextUpdateMs: atMs + hour };
    const der = writeCrl({ issuer, authorityKeyId, scope: world.crlPoint, crlNumber: 1, entries: [], ...times }, privateKey);
    const crl = readCrl(der, valueOf(readTrustAnchors([world.authority.certificate, signing.certificate])));
    const judged = judgeCrl({ identity: world.identity, crl: valueOf(crl), kind: 'resident-record', policy, atMs });
    expect(judged).toMatchObject({ ok: false, error: { reason: 'crl-other-issuer' } });
  });
});
