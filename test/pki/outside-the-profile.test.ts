// A pinned CA signed these, and they are not JPKI's profile: the signature of the right CA
// makes nothing good that the profile does not name, and each is refused for its own reason.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { userAuthenticationProfile, type CertificateProfile } from '#libs/pki/certificate-profile.js';
import { explicit, sequence } from '#libs/pki/der-writer.js';
import { readTrustAnchors } from '#libs/pki/trust-list.js';
import { judgeCertificate } from '#libs/pki/statement.js';
import { writeName } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { extension, field, resigned, type Change } from './forge.js';
import { acceptedValues, alternativeNameCases, extensionValueCases, subjectCases, validityCases } from './profile-cases.js';
import { atMs, createWorld, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const day = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});

const signedByItsCa = (change: Change): Buffer => resigned(world.certificate, change, world.authority.privateKey);

describe('a certificate that the right CA signed', () => {
  it.each([...subjectCases, ...alternativeNameCases, ...validityCases, ...extensionValueCases])(
    'is refused with %s',
    (_name, change, expected) => {
      expect(verdict(world, { certificate: signedByItsCa(change) })).toBe(expected);
    },
  );

  it.each(acceptedValues)('is good with %s', (_name, change) => {
    expect(verdict(world, { certificate: signedByItsCa(change) })).toBe('good');
  });

  it('is refused when it outlives its CA, from its own first day on', () => {
    const [, change] = validityCases[1] ?? [];
    const certificate = signedByItsCa(change ?? ((all) => all));
    expect(judgeCertificate({ certificate, anchors: world.anchors, atMs: atMs + 1000 * day })).toMatchObject({
      ok: false,
      error: { code: 'certificate-outside-profile', reason: 'validity-beyond-issuer' },
    });
  });
});

describe('what is unverified is configured, never guessed', () => {
  const judgedBy = (changes: Partial<CertificateProfile>, change: Change): string => {
    const profile = { ...userAuthenticationProfile, ...changes };
    const judged = judgeCertificate({ certificate: signedByItsCa(change), anchors: world.anchors, atMs, profile });
    return judged.ok ? 'good' : judged.error.reason;
  };
  const changeOf = (cases: typeof subjectCases, name: string): Change => {
    const found = cases.find(([title]) => title === name);
    if (found === undefined) throw new Error(`no case ${name}`);
    return found[1];
  };

  it.each<readonly [string, Partial<CertificateProfile>, Change]>([
    ['where OCSP is', { ocspUrl: /^https:/ }, changeOf(extensionValueCases, 'OCSP by https')],
    ['the CPS', { practiceStatements: ['http://cps.example/'] }, changeOf(extensionValueCases, 'a CPS pointer to somebody else')],
    ['the key identifier', { subjectKeyIdentifier: 'any' }, changeOf(extensionValueCases, 'a key identifier of one octet')],
    ['the length of a validity', { maxValidityMs: 2000 * day }, changeOf(validityCases, 'a validity a second too long')],
    [
      'a subjectAltName without a person',
      {
        extensions: { ...userAuthenticationProfile.extensions, subjectAltName: { presence: 'optional', critical: 'no' } },
        subjectAltName: [
          { type: oids.countryName, form: 'printable', value: 'JP' },
          { type: oids.commonName, form: 'utf8', value: 'X' },
        ],
      },
      changeOf(alternativeNameCases, 'any directoryName for a subjectAltName'),
    ],
  ])('%s', (_name, changes, change) => {
    expect(judgedBy({}, change)).not.toBe('good');
    expect(judgedBy(changes, change)).toBe('good');
  });
});

describe('a CA certificate', () => {
  const anchorOf = (change: Change): string => {
    const read = readTrustAnchors([resigned(world.authority.certificate, change, world.authority.privateKey)]);
    return read.ok ? 'good' : read.error.reason;
  };
  const named = (country: string, unit: string): Change => {
    const name = writeName([
      ['C', country],
      ['O', 'JPKI-TEST'],
      ['OU', unit],
      ['OU', 'Japan Agency for Local Authority Information Systems'],
    ]);
    return (all) => field(5, name)(field(3, name)(all));
  };

  it('is pinned under the names of the profile only', () => {
    expect(anchorOf(named('JP', 'JPKI for user authentication'))).toBe('good');
    expect(anchorOf(named('US', 'JPKI for user authentication'))).toBe('subject');
    expect(anchorOf(named('JP', 'JPKI for anything'))).toBe('subject');
    const other = sequence(explicit(4, writeName([['C', 'JP']])));
    expect(anchorOf(extension(oids.subjectAltName, (old) => ({ ...old, value: other })))).toBe('alternative-name');
  });
});
