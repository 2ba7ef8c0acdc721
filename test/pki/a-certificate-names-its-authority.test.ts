// The right CA signed these, but they do not say so as the profile has it: which key signed
// (authorityKeyIdentifier), which key this is (subjectKeyIdentifier), and where the CA would
// write that it was revoked (the distribution point). Each is refused for its own reason.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { userAuthenticationProfile, type CertificateProfile } from '#libs/pki/certificate-profile.js';
import { element, explicit, octetString, sequence, smallInteger } from '#libs/pki/der-writer.js';
import { createAuthority, type Authority } from '#libs/pki/issue-authority.js';
import { crlPointName, pointName } from '#libs/pki/issue-profile.js';
import { writeName, type AttributeKey } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { judgeCertificate } from '#libs/pki/statement.js';
import { readTrustAnchors } from '#libs/pki/trust-list.js';
import { added, extension, extensionDer, resigned, type Change } from './forge.js';
import { atMs, createWorld, valueOf, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const day = 86_400_000;
let world: World;
let namesake: Authority;
beforeAll(async () => {
  const names = { purpose: 'user-authentication', organization: 'JPKI-TEST', serial: Buffer.of(9) } as const;
  const validity = { notBeforeMs: atMs - 1000 * day, notAfterMs: atMs + 2600 * day };
  [world, namesake] = await Promise.all([createWorld(), createAuthority({ ...names, ...validity })]);
});

const signedByItsCa = (change: Change): Buffer => resigned(world.certificate, change, world.authority.privateKey);
const judge = (change: Change): string => verdict(world, { certificate: signedByItsCa(change) });
const extensionIs = (type: string, value: Buffer): Change => extension(type, (old) => ({ ...old, value }));
const outside = (reason: string): string => `certificate-outside-profile ${reason}`;
const unknownIssuer = 'issuer-unknown no-path-to-trust-anchor';

const keyId = (id: Buffer): Buffer => element(0x80, id);
const nameAndSerial = (name: Buffer, serial: Buffer): Buffer[] => [element(0xa1, explicit(4, name)), element(0x82, serial)];
const caSerial = Buffer.from('0133c349', 'hex');
const authorityKeyIdentifier = (...parts: Buffer[]): Change => extensionIs(oids.authorityKeyIdentifier, sequence(...parts));

describe('the key of its CA', () => {
  it('is named, by the key identifier that the pinned CA bears', () => {
    expect(judge(authorityKeyIdentifier(keyId(world.authority.keyId)))).toBe('good');
    expect(judge(extension(oids.authorityKeyIdentifier, null))).toBe(outside('extension-missing'));
    expect(judge(authorityKeyIdentifier(keyId(Buffer.alloc(0))))).toBe(unknownIssuer);
    expect(judge(authorityKeyIdentifier(keyId(world.authority.keyId.subarray(0, 19))))).toBe(unknownIssuer);
    expect(judge(authorityKeyIdentifier(keyId(namesake.keyId)))).toBe(unknownIssuer);
    const own = world.identity.certificate.extensions.values.subjectKeyIdentifier;
    expect(judge(authorityKeyIdentifier(keyId(own ?? Buffer.alloc(20))))).toBe(unknownIssuer);
  });

  it('is that of the CA that signed, not of another pinned one', () => {
    const anchors = valueOf(readTrustAnchors([world.authority.certificate, namesake.certificate]));
    const codeOf = (change: Change): string => {
      const judged = judgeCertificate({ certificate: signedByItsCa(change), anchors, atMs });
      return judged.ok ? judged.value.caKeyId : judged.error.code;
    };
    expect(codeOf((all) => all)).toBe(world.authority.caKeyId);
    expect(codeOf(authorityKeyIdentifier(keyId(namesake.keyId)))).toBe('issuer-unknown');
  });

  it('may have name and serial number of the CA beside it, and they are right', () => {
    const beside = (...parts: Buffer[]): string => judge(authorityKeyIdentifier(keyId(world.authority.keyId), ...parts));
    const { name } = world.authority;
    expect(beside(...nameAndSerial(name, caSerial))).toBe('good');
    expect(beside(...nameAndSerial(name, Buffer.of(1)))).toBe(unknownIssuer);
    expect(beside(...nameAndSerial(writeName([['C', 'JP']]), caSerial))).toBe(unknownIssuer);
    expect(beside(element(0xa1, explicit(4, name)))).toBe('certificate-malformed der-missing');
  });

  it('is not replaced by them, unless a deployment learns that JPKI does so [C]', () => {
    const change = authorityKeyIdentifier(...nameAndSerial(world.authority.name, caSerial));
    expect(judge(change)).toBe(outside('authority-key-identifier'));
    const profile: CertificateProfile = { ...userAuthenticationProfile, authorityKeyIdentifier: 'any' };
    const input = { certificate: signedByItsCa(change), anchors: world.anchors, atMs };
    expect(judgeCertificate({ ...input, profile }).ok).toBe(true);
  });
});

describe('its own key', () => {
  it('is named', () => {
    expect(judge(extension(oids.subjectKeyIdentifier, null))).toBe(outside('extension-missing'));
    expect(judge(extensionIs(oids.subjectKeyIdentifier, octetString(world.authority.keyId)))).toBe(outside('subject-key-identifier'));
  });

  it('and so is the service, as its issuer', () => {
    expect(judge(extension(oids.issuerAltName, null))).toBe(outside('extension-missing'));
  });
});

type Attributes = readonly (readonly [AttributeKey, string])[];
const pointAt = (name: Buffer): Change => extensionIs(oids.cRLDistributionPoints, sequence(sequence(pointName(name))));
const below = (...area: Attributes): Change => pointAt(crlPointName('user-authentication', 'JPKI-TEST', area));
const head: Attributes = [
  ['C', 'JP'],
  ['O', 'JPKI-TEST'],
  ['OU', 'JPKI for user authentication'],
];

describe('the distribution point', () => {
  it('is there, below its CA', () => {
    expect(judge(below(['CN', 'Madoguchi-ken CRLDP']))).toBe('good');
    expect(judge(below(['CN', '窓口県 CRLDP']))).toBe('good');
    expect(judge(extension(oids.cRLDistributionPoints, null))).toBe(outside('extension-missing'));
  });

  const crldp = ['CN', 'Madoguchi-ken CRLDP'] as const;
  it.each<readonly [string, Change]>([
    ['any other name', pointAt(writeName([['C', 'JP']]))],
    ["a person's", below(['L', '窓口県青嶺市１－１'], ['CN', '青山　花子'])],
    ['another O', pointAt(crlPointName('user-authentication', 'JPKI-TESU', [crldp]))],
    ["the signing CA's", pointAt(crlPointName('digital-signature', 'JPKI-TEST', [crldp]))],
    ["the CA's own name", pointAt(writeName([...head, ['OU', 'Japan Agency for Local Authority Information Systems']]))],
    ['not among the points', pointAt(writeName([...head, ['OU', 'Points'], crldp]))],
    ['the points as such', below()],
    ['a prefecture without a point', below(['OU', 'Madoguchi-ken'])],
    ['a point without a place', below(['CN', ' CRLDP'])],
    ['a place that is no point', below(['CN', 'Madoguchi-ken'])],
    ['a number for a place', below(['CN', '13 CRLDP'])],
    ['a line behind it', below(['CN', 'Madoguchi-ken CRLDP\n'])],
    ['a place of 65 characters', below(['CN', `${'M'.repeat(59)} CRLDP`])],
    ['two prefectures', below(['OU', 'Madoguchi-ken'], ['OU', 'Madoguchi-ken'], crldp)],
    ['something behind the point', below(crldp, ['CN', 'X'])],
    ['the point before the prefecture', below(crldp, ['OU', 'Madoguchi-ken'])],
  ])('is refused under %s', (_name, change) => {
    expect(judge(change)).toBe(outside('distribution-point'));
  });

  it('is what a deployment learns about it [C]', () => {
    const change = below(['OU', 'Madoguchi-ken']);
    const learnt = { issuerAttributes: 3, below: [[unit('CRL Distribution Points'), unit(/^Madoguchi-ken$/)]] };
    const profile: CertificateProfile = { ...userAuthenticationProfile, distributionPoint: learnt };
    expect(judgeCertificate({ certificate: signedByItsCa(change), anchors: world.anchors, atMs, profile }).ok).toBe(true);
    expect(judgeCertificate({ certificate: world.certificate, anchors: world.anchors, atMs, profile }).ok).toBe(false);
  });
});

function unit(value: string | RegExp) {
  return { type: oids.organizationalUnitName, form: 'utf8', value } as const;
}

describe('a CA certificate', () => {
  const anchorOf = (change: Change): string => {
    const read = readTrustAnchors([resigned(world.authority.certificate, change, world.authority.privateKey)]);
    return read.ok ? 'good' : read.error.reason;
  };

  it('has the five extensions of the profile and no authorityKeyIdentifier', () => {
    expect(anchorOf((all) => all)).toBe('good');
    for (const type of [oids.subjectAltName, oids.cRLDistributionPoints, oids.subjectKeyIdentifier, oids.basicConstraints]) {
      expect([type, anchorOf(extension(type, null))]).toEqual([
        type,
        type === oids.basicConstraints ? 'basic-constraints' : 'extension-missing',
      ]);
    }
    const naming = extensionDer(oids.authorityKeyIdentifier, { critical: false, value: sequence(keyId(world.authority.keyId)) });
    expect(anchorOf(added(naming))).toBe('extension-not-in-profile');
  });

  it('is its own distribution point', () => {
    const elsewhere = writeName([...head, ['OU', 'Japan Agency']]);
    expect(anchorOf(pointAt(world.authority.name))).toBe('good');
    expect(anchorOf(pointAt(elsewhere))).toBe('distribution-point');
    expect(anchorOf(pointAt(crlPointName('user-authentication', 'JPKI-TEST', [])))).toBe('distribution-point');
    expect(anchorOf(extensionIs(oids.cRLDistributionPoints, smallInteger(1)))).toBe('der-tag');
  });
});
