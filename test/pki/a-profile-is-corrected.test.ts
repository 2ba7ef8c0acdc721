// What a configuration file corrects of the unverified facts: certificates that were refused
// are good, and others the other way round. And what the widest correction that a file can
// hold lets in, as a whole list: nothing of what is certain is on it.
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ocspResponderProfile, userAuthenticationProfile } from '#libs/pki/certificate-profile.js';
import { element, explicit, nullValue, octetString, oid, sequence } from '#libs/pki/der-writer.js';
import { createResponder } from '#libs/pki/issue-authority.js';
import { writeOcspResponse } from '#libs/pki/issue-ocsp.js';
import { crlPointName, pointName } from '#libs/pki/issue-profile.js';
import { writeName, type AttributeKey } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { assert } from '#libs/std/assert.js';
import { corrected, profileCorrectionSchema, responderCorrectionSchema } from '#libs/pki/profile-correction.js';
import { judgeCertificate } from '#libs/pki/statement.js';
import { extensionCases, fieldCases } from './certificate-cases.js';
import { added, extension, extensionDer, field, resigned, type Change } from './forge.js';
import { alternativeNameCases, extensionValueCases, subjectCases, validityCases } from './profile-cases.js';
import { atMs, createWorld, goodAnswer, verdict, type World } from './world.js';

// RSA keys take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const day = 86_400_000;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});

const unchanged: Change = (all) => all;

/** `good`, or the reason; `file` as it stands under `certificateProfile`. */
function judgedBy(file: object, change: Change): string {
  const profile = corrected(userAuthenticationProfile, profileCorrectionSchema.parse(file));
  const certificate = resigned(world.certificate, change, world.authority.privateKey);
  const judged = judgeCertificate({ certificate, anchors: world.anchors, atMs, profile });
  return judged.ok ? 'good' : judged.error.reason;
}

type Attributes = readonly (readonly [AttributeKey, string])[];
const is = (type: string, value: Buffer): Change => extension(type, (old) => ({ ...old, value }));
const critical = (type: string): Change => extension(type, (old) => ({ ...old, critical: true }));
const plain = (type: string, value: Buffer): Change => added(extensionDer(type, { critical: false, value }));
const named = (...attributes: Attributes): Buffer => sequence(explicit(4, writeName(attributes)));
const jpki: Attributes = [
  ['C', 'JP'],
  ['O', 'JPKI'],
];
const jpkiInFile = jpki.map(([attribute, value]) => ({ attribute, value }));
const pointBelow = (...area: Attributes): Change =>
  is(oids.cRLDistributionPoints, sequence(sequence(pointName(crlPointName('user-authentication', 'JPKI-TEST', area)))));
const rule = (name: string, to: object): object => ({ extensions: { [name]: to } });
const cn = (text: string): Change =>
  field(
    5,
    writeName([
      ['C', 'JP'],
      ['CN', text],
    ]),
  );
const emailProtection = '1.3.6.1.5.5.7.3.4';

const accepted: readonly (readonly [name: string, file: object, change: Change, before: string])[] = [
  ['another identifier', { commonName: { pattern: 'JPKI-\\d{8}' } }, cn('JPKI-00000001'), 'subject'],
  ['another policy', { policies: ['1.2.3'] }, is(oids.certificatePolicies, sequence(sequence(oid('1.2.3')))), 'policy'],
  [
    'another practice statement',
    { practiceStatements: ['https://www.jpki.go.jp/cps.html'] },
    extensionValueCases.find(([name]) => name === 'a CPS pointer by https')?.[1] ?? unchanged,
    'practice-statement',
  ],
  ['no issuerAltName', rule('issuerAltName', { presence: 'absent' }), extension(oids.issuerAltName, null), 'extension-missing'],
  ['another issuerAltName', { issuerAltName: jpkiInFile }, is(oids.issuerAltName, named(...jpki)), 'alternative-name'],
  ['a fixed subjectAltName', { subjectAltName: jpkiInFile }, plain(oids.subjectAltName, named(...jpki)), 'extension-not-in-profile'],
  [
    'no authorityKeyIdentifier',
    rule('authorityKeyIdentifier', { presence: 'optional' }),
    extension(oids.authorityKeyIdentifier, null),
    'extension-missing',
  ],
  [
    'no subjectKeyIdentifier',
    rule('subjectKeyIdentifier', { presence: 'optional' }),
    extension(oids.subjectKeyIdentifier, null),
    'extension-missing',
  ],
  [
    'another key identifier',
    { subjectKeyIdentifier: 'any' },
    is(oids.subjectKeyIdentifier, octetString(Buffer.of(1))),
    'subject-key-identifier',
  ],
  [
    'no distribution point',
    rule('cRLDistributionPoints', { presence: 'optional' }),
    extension(oids.cRLDistributionPoints, null),
    'extension-missing',
  ],
  [
    'a distribution point of another form',
    {
      distributionPoint: {
        below: [
          [{ attribute: 'OU', pattern: 'Points' }],
          [
            { attribute: 'OU', pattern: 'CRL Distribution Points' },
            { attribute: 'CN', pattern: 'CRL\\d{1,3}' },
          ],
        ],
      },
    },
    pointBelow(['CN', 'CRL17']),
    'distribution-point',
  ],
  [
    'a critical address of OCSP',
    rule('authorityInfoAccess', { critical: 'either' }),
    critical(oids.authorityInfoAccess),
    'extension-criticality',
  ],
  [
    'two extended key usages',
    { extendedKeyUsage: [oids.clientAuth, emailProtection] },
    plain(oids.extKeyUsage, sequence(oid(oids.clientAuth), oid(emailProtection))),
    'extended-key-usage',
  ],
];

const refused: readonly (readonly [name: string, file: object, change: Change, after: string])[] = [
  ['an identifier of another form', { commonName: { pattern: 'JPKI-\\d{8}' } }, unchanged, 'subject'],
  ['a CN of another string type', { commonName: { form: 'printable' } }, unchanged, 'subject'],
  ['the policy of before', { policies: ['1.2.3'] }, unchanged, 'policy'],
  ['OCSP elsewhere', { ocspUrl: 'https:.*' }, unchanged, 'authority-information-access'],
  ['OCSP named', rule('authorityInfoAccess', { presence: 'absent' }), unchanged, 'extension-not-in-profile'],
  ['no extKeyUsage', rule('extKeyUsage', { presence: 'required' }), unchanged, 'extension-missing'],
  [
    'an extKeyUsage',
    rule('extKeyUsage', { presence: 'absent' }),
    plain(oids.extKeyUsage, sequence(oid(oids.clientAuth))),
    'extension-not-in-profile',
  ],
  ['no basicConstraints', rule('basicConstraints', { presence: 'required' }), unchanged, 'extension-missing'],
  ['an issuerAltName that is not critical', rule('issuerAltName', { critical: 'yes' }), unchanged, 'extension-criticality'],
  ['the issuerAltName of before', { issuerAltName: jpkiInFile }, unchanged, 'alternative-name'],
  ['the point of before', { distributionPoint: { below: [[{ attribute: 'OU', pattern: 'Points' }]] } }, unchanged, 'distribution-point'],
];

describe('a correction', () => {
  it.each(accepted)('lets pass: %s', (...[, file, change, before]) => {
    expect(judgedBy({}, change)).toBe(before);
    expect(judgedBy(file, change)).toBe('good');
  });

  it.each(refused)('refuses: %s', (...[, file, change, after]) => {
    expect(judgedBy({}, change)).toBe('good');
    expect(judgedBy(file, change)).toBe(after);
  });
});

const either = { presence: 'optional', critical: 'either' };
const anyAttribute = [
  { attribute: 'OU', form: 'either', pattern: '.*' },
  { attribute: 'CN', form: 'either', pattern: '.*' },
];
const widest = {
  extensions: Object.fromEntries(
    [
      'extKeyUsage',
      'basicConstraints',
      'authorityKeyIdentifier',
      'subjectKeyIdentifier',
      'issuerAltName',
      'cRLDistributionPoints',
      'authorityInfoAccess',
    ].map((name) => [name, either]),
  ),
  commonName: { form: 'either', pattern: '.*' },
  authorityKeyIdentifier: 'any',
  subjectKeyIdentifier: 'any',
  subjectAltName: jpkiInFile,
  practiceStatements: ['https://cps.example/'],
  ocspUrl: '.*',
  distributionPoint: { below: [anyAttribute] },
};

const letIn = [
  'issuerAltName critical',
  'authorityKeyIdentifier critical',
  'subjectKeyIdentifier critical',
  'distribution point critical',
  'access critical',
  'an identifier in lower case',
  'an identifier without a municipality',
  'an identifier that is too short',
  'a key identifier of another key',
  'a key identifier of one octet',
  'OCSP by https',
];

it('the widest correction lets in this and nothing else', () => {
  const cases = [...fieldCases, ...extensionCases, ...subjectCases, ...alternativeNameCases, ...validityCases, ...extensionValueCases];
  const wasRefused = cases.filter(([, change]) => judgedBy({}, change) !== 'good');
  expect(wasRefused.length).toBeGreaterThan(90);
  expect(wasRefused.filter(([, change]) => judgedBy(widest, change) === 'good').map(([name]) => name)).toEqual(letIn);
});

describe('the certificate of a responder', () => {
  const saidBy = async (file: object, changed: { change?: Change; days?: number; nocheck?: 'required' | 'optional' }): Promise<string> => {
    const validity = { notBeforeMs: atMs - day, notAfterMs: atMs + (changed.days ?? 1) * day };
    const made = await createResponder(world.authority, { serial: Buffer.of(6), ...validity });
    assert(made.certificate !== null, 'a delegated responder has one');
    const certificate = resigned(made.certificate, changed.change ?? unchanged, world.authority.privateKey);
    const policy = {
      responderProfile: corrected(ocspResponderProfile, responderCorrectionSchema.parse(file)),
      responderNocheck: changed.nocheck ?? 'required',
    };
    return verdict(world, { response: writeOcspResponse(goodAnswer(world), { ...made, certificate }), policy });
  };
  const signsAndRepudiatesNot = is(oids.keyUsage, element(3, Buffer.of(6, 0xc0)));
  const uncritical = extension(oids.keyUsage, (old) => ({ ...old, critical: false }));
  const access = plain(oids.authorityInfoAccess, sequence(sequence(oid(oids.ocsp), element(0x86, Buffer.from('http://h/')))));

  it.each<readonly [string, object, Change, string]>([
    ['nonRepudiation beside', { keyUsage: ['digitalSignature', 'nonRepudiation'] }, signsAndRepudiatesNot, 'key-usage'],
    ['a key usage that is not critical', rule('keyUsage', { critical: 'either' }), uncritical, 'extension-criticality'],
    ['an address of OCSP', rule('authorityInfoAccess', { presence: 'optional' }), access, 'extension-not-in-profile'],
  ])('may have %s where that is corrected', async (...[, file, change, before]) => {
    expect(await saidBy({}, { change })).toBe(`revocation-unknown ocsp-responder-${before}`);
    expect(await saidBy(file, { change })).toBe('good');
  });

  it('has no ocsp-nocheck where that is corrected, and then it is short-lived', async () => {
    const change = extension(oids.ocspNocheck, null);
    expect(await saidBy({}, { change })).toBe('revocation-unknown ocsp-responder-nocheck');
    expect(await saidBy({}, { change, nocheck: 'optional', days: 30 })).toBe('good');
    expect(await saidBy({}, { change, nocheck: 'optional', days: 31 })).toBe('revocation-unknown ocsp-responder-nocheck');
    expect(await saidBy({}, { days: 31, nocheck: 'optional' })).toBe('good');
  });

  it('stays one for OCSP signing, and without what nobody knows', async () => {
    const file = { extensions: { authorityInfoAccess: either, basicConstraints: either, keyUsage: { critical: 'either' } } };
    const clientAuth = is(oids.extKeyUsage, sequence(oid(oids.clientAuth)));
    expect(await saidBy(file, { change: clientAuth })).toBe('revocation-unknown ocsp-responder-extended-key-usage');
    expect(await saidBy(file, { change: plain('1.2.3', nullValue()) })).toBe('revocation-unknown ocsp-responder-extension-unknown');
  });
});
