import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { z } from 'zod';
import { ocspResponderProfile, userAuthenticationProfile } from './certificate-profile.js';
import { corrected, profileCorrectionSchema, profileSha256, responderCorrectionSchema } from './profile-correction.js';

function faultsOf(file: unknown, schema: z.ZodType = profileCorrectionSchema): string[] {
  const { error } = schema.safeParse(file);
  return (error?.issues ?? []).map(({ code, path, message, ...rest }) =>
    code === 'unrecognized_keys' && 'keys' in rest ? `${[...path, ...rest.keys].join('.')}: unknown` : `${path.join('.')}: ${message}`,
  );
}
const digestOf = (file: unknown): string => profileSha256(corrected(userAuthenticationProfile, profileCorrectionSchema.parse(file)));

it('changes nothing where nothing is corrected', () => {
  expect(corrected(userAuthenticationProfile, {})).toEqual(userAuthenticationProfile);
  expect(corrected(ocspResponderProfile, {})).toEqual(ocspResponderProfile);
  expect(profileSha256(corrected(ocspResponderProfile, {}))).toBe(profileSha256(ocspResponderProfile));
  expect(digestOf({})).toBe(profileSha256(userAuthenticationProfile));
});

it('leaves the profile that it corrects as it was', () => {
  const before = profileSha256(userAuthenticationProfile);
  corrected(userAuthenticationProfile, { extensions: { issuerAltName: { presence: 'absent' } } });
  expect(profileSha256(userAuthenticationProfile)).toBe(before);
});

it('gives each set of facts a digest of its own, however they are ordered', () => {
  const commonName = { commonName: { pattern: '[0-9]{22}' } };
  const extensions = { extensions: { extKeyUsage: { presence: 'required' }, basicConstraints: { presence: 'absent' } } };
  const other = { extensions: { basicConstraints: { presence: 'absent' }, extKeyUsage: { presence: 'required' } } };
  expect(digestOf({ ...commonName, ...extensions })).toBe(digestOf({ ...other, ...commonName }));
  const all = [{}, commonName, extensions, { commonName: { pattern: '[0-9]{23}' } }, { policies: ['1.2.3'] }, { ocspUrl: 'https?:.*' }];
  expect(new Set(all.map(digestOf)).size).toBe(all.length);
  // What a file writes out although it is so already is no other fact.
  expect(digestOf({ extensions: { issuerAltName: { presence: 'required' } }, subjectKeyIdentifier: 'sha1' })).toBe(digestOf({}));
});

it.each<readonly [object, string]>([
  [{ keyUsage: ['digitalSignature'] }, 'keyUsage: unknown'],
  [{ maxValidityMs: 1 }, 'maxValidityMs: unknown'],
  [{ modulusBits: [1024] }, 'modulusBits: unknown'],
  [{ exponents: ['03'] }, 'exponents: unknown'],
  [{ authority: true }, 'authority: unknown'],
  [{ extensions: { keyUsage: { critical: 'no' } } }, 'extensions.keyUsage: unknown'],
  [{ extensions: { certificatePolicies: { presence: 'optional' } } }, 'extensions.certificatePolicies: unknown'],
  [{ extensions: { subjectAltName: { presence: 'optional' } } }, 'extensions.subjectAltName: unknown'],
  [{ extensions: { ocspNocheck: { presence: 'optional' } } }, 'extensions.ocspNocheck: unknown'],
  [
    { distributionPoint: { issuerAttributes: 0, below: [[{ attribute: 'CN', pattern: 'X' }]] } },
    'distributionPoint.issuerAttributes: unknown',
  ],
  [{ commonName: { type: '2.5.4.10' } }, 'commonName.type: unknown'],
])('what is certain has no key: %j', (file, fault) => {
  expect(faultsOf(file)).toEqual([fault]);
});

it.each<readonly [object, string]>([
  [{ policies: [] }, 'policies: Too small: expected array to have >=1 items'],
  [{ policies: null }, 'policies: Invalid input: expected array, received null'],
  [{ policies: ['2.5.29.32.0'] }, 'policies.0: the OID of one policy of user authentication; not "any", none of signing'],
  [{ policies: ['1.2.392.200149.8.5.1.1.20'] }, 'policies.0: the OID of one policy of user authentication; not "any", none of signing'],
  [{ policies: ['1.2.03'] }, 'policies.0: the OID of one policy of user authentication; not "any", none of signing'],
  [{ extendedKeyUsage: ['2.5.29.37.0'] }, 'extendedKeyUsage.0: the OID of one extended key usage; not "any", not OCSP signing'],
  [{ extendedKeyUsage: ['1.3.6.1.5.5.7.3.9'] }, 'extendedKeyUsage.0: the OID of one extended key usage; not "any", not OCSP signing'],
  [{ practiceStatements: ['ldap://x/'] }, 'practiceStatements.0: an http:// or https:// address of visible ASCII'],
  [
    { extensions: { issuerAltName: { presence: 'absent', critical: 'no' } } },
    'extensions.issuerAltName: no "critical" where "presence" is "absent"',
  ],
  [{ subjectAltName: [{ attribute: 'CN', value: 'X' }] }, 'subjectAltName.0.attribute: Invalid option: expected one of "C"|"O"|"OU"'],
  [{ issuerAltName: [{ attribute: 'O', value: 'a\nb' }] }, 'issuerAltName.0.value: a text of 1 to 64 visible characters'],
  [{ distributionPoint: { below: [] } }, 'distributionPoint.below: Too small: expected array to have >=1 items'],
  [{ distributionPoint: { below: [[]] } }, 'distributionPoint.below.0: Too small: expected array to have >=1 items'],
])('no correction means "anything": %j', (file, fault) => {
  expect(faultsOf(file)).toEqual([fault]);
});

const openParts = 'a regular expression with at most 3 parts of open length and 8 optional ones';
const noRepeatedGroup = 'a regular expression that repeats no group (optional it may be)';
it.each([
  ['', 'a regular expression of 1 to 200 characters'],
  ['x'.repeat(201), 'a regular expression of 1 to 200 characters'],
  ['(', 'a regular expression (ECMAScript, flag u)'],
  ['[a', 'a regular expression (ECMAScript, flag u)'],
  ['a\\', 'a regular expression (ECMAScript, flag u)'],
  ['\\-', 'a regular expression (ECMAScript, flag u)'],
  // By itself it is none, in a group it would be, and match anything.
  ['a)|(?:.*', 'a regular expression (ECMAScript, flag u)'],
  ['([A-Z])\\1', 'a regular expression without back references'],
  ['(?<a>[A-Z])\\k<a>', 'a regular expression without back references'],
  ['([0-9]+)+', noRepeatedGroup],
  ['(?:A|A)*B', noRepeatedGroup],
  ['([0-9]*){9}', noRepeatedGroup],
  ['\\d*\\d*\\d*\\d*', openParts],
  ['\\d+\\d{1,9}\\d*?[)]{2,}', openParts],
  ['a?a?a?a?a?a?a?(?:a)?a?', openParts],
])('a pattern %j is refused', (pattern, expected) => {
  expect(faultsOf({ commonName: { pattern } })).toEqual([`commonName.pattern: ${expected}`]);
  expect(faultsOf({ ocspUrl: pattern })).toEqual([`ocspUrl: ${expected}`]);
});

it.each(['[0-9A-Z]+\\d{5}[0-9A-Z]{3,4}', '^(?=.{12,64}$)[0-9A-Z]+$', '\\d{22}|[A-Z]\\d{9}', '[(*+?{]?\\(\\)\\*(?:a?b??)?', '\\u{41}\\d'])(
  'a pattern %j is taken',
  (pattern) => {
    expect(faultsOf({ commonName: { pattern } })).toEqual([]);
  },
);

it('anchors a pattern at both ends and keeps it in its frame', () => {
  const { commonName, ocspUrl, distributionPoint } = profileCorrectionSchema.parse({
    commonName: { pattern: 'A1|.*' },
    ocspUrl: '.*',
    distributionPoint: { below: [[{ attribute: 'CN', pattern: 'A|.*' }]] },
  });
  const matches = (pattern: unknown, texts: readonly string[]): string[] =>
    texts.filter((text) => pattern instanceof RegExp && pattern.test(text));
  const nobody = ['青山　花子', 'HANAKO AOYAMA', 'AOYAMA', 'A1\n', 'A 1', '', `${'9'.repeat(65)}`];
  expect(matches(commonName?.pattern, [...nobody, 'A1', '9'.repeat(64)])).toEqual(['A1', '9'.repeat(64)]);
  const elsewhere = ['ldap://h/', 'file:///etc', 'http://a:b@h/', 'http://h/ ', 'http:///h', ' http://h/', `http://${'h'.repeat(248)}`];
  expect(matches(ocspUrl, [...elsewhere, 'https://h/x'])).toEqual(['https://h/x']);
  expect(matches(distributionPoint?.below[0]?.[0]?.value, ['', 'A\n', 'A\u200b', 'x'.repeat(65), '窓口県 CRLDP'])).toEqual([
    '窓口県 CRLDP',
  ]);
  const whole = profileCorrectionSchema.parse({ commonName: { pattern: 'A1|B2' } }).commonName?.pattern;
  expect(matches(whole, ['A1', 'B2', 'A1B2', 'XA1', 'B2X'])).toEqual(['A1', 'B2']);
});

it.each<readonly [object, string]>([
  [{ extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] }, 'extendedKeyUsage: unknown'],
  [{ extensions: { extKeyUsage: { presence: 'optional' } } }, 'extensions.extKeyUsage: unknown'],
  [{ extensions: { keyUsage: { presence: 'optional', critical: 'no' } } }, 'extensions.keyUsage.presence: unknown'],
  [{ keyUsage: ['nonRepudiation'] }, 'keyUsage: "digitalSignature", alone or with "nonRepudiation"'],
  [{ keyUsage: ['digitalSignature', 'digitalSignature'] }, 'keyUsage: "digitalSignature", alone or with "nonRepudiation"'],
  [{ keyUsage: ['keyCertSign'] }, 'keyUsage.0: Invalid option: expected one of "digitalSignature"|"nonRepudiation"'],
  [{ modulusBits: [1024] }, 'modulusBits: unknown'],
])('of a responder %j is certain', (file, fault) => {
  expect(faultsOf(file, responderCorrectionSchema)).toEqual([fault]);
});

it('is told to whoever writes the file: each key, and each pattern that holds without one', () => {
  const page = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const { extensions, commonName, distributionPoint, ...keys } = profileCorrectionSchema.shape;
  const inside = (name: string, shape: object): string[] => Object.keys(shape).map((key) => `${name}.${key}`);
  const all = [
    ...Object.keys(keys),
    ...inside('extensions', extensions.unwrap().shape),
    ...inside('commonName', commonName.unwrap().shape),
    ...inside('distributionPoint', distributionPoint.unwrap().shape),
  ];
  expect(all.filter((key) => !page.includes(`| \`${key}\` `))).toEqual([]);
  expect(
    Object.keys(responderCorrectionSchema.shape).filter((key) => !page.includes(`responder.${key}\``) && !page.includes(`\`.${key}\``)),
  ).toEqual([]);

  const { subject, ocspUrl, distributionPoint: point } = userAuthenticationProfile;
  const rules = [...(subject ?? []), ...(point?.below.flat() ?? [])].map(({ value }) => value);
  const patterns = [...rules, ocspUrl].flatMap((value) => (value instanceof RegExp ? [value.source.replace(/^\^(.*)\$$/, '$1')] : []));
  expect(patterns).toHaveLength(5);
  for (const pattern of patterns) {
    expect(page).toContain(`\`${pattern}\``);
    expect(faultsOf({ distributionPoint: { below: [[{ attribute: 'CN', pattern }]] } })).toEqual([]);
  }
});
