// What the right CA could have written into a card's certificate, and what is not of
// JPKI's profile (reference/card-and-pki.md §10): values, where certificate-cases.ts has
// the fields.
import { element, explicit, ia5String, octetString, oid, printableString, sequence, setOf, utf8String } from '#libs/pki/der-writer.js';
import { crlPointName, pointName } from '#libs/pki/issue-profile.js';
import { writeName, type AttributeKey } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { added, contentOf, extension, extensionDer, field, type Case, type Change } from './forge.js';

const valueOf = (type: string, value: Buffer): Change => extension(type, (old) => ({ ...old, value }));
const utc = (text: string): Buffer => element(0x17, Buffer.from(text));
const validity = (from: string, to: string): Change => field(4, sequence(utc(from), utc(to)));
const attribute = (type: string, value: Buffer): Buffer => setOf(sequence(oid(type), value));
const directoryName = (name: Buffer): Buffer => sequence(explicit(4, name));
const nameOf = (...attributes: readonly (readonly [AttributeKey, string])[]): Buffer => directoryName(writeName(attributes));

const japan = attribute(oids.countryName, printableString('JP'));
const citizenId = '997794E9AGCIEG99101003A';
const cnOf = (value: Buffer): Buffer => attribute(oids.commonName, value);
const subject = (...attributes: Buffer[]): Change => field(5, sequence(...attributes));
const commonName = (text: string): Change => subject(japan, cnOf(utf8String(text)));

const policyWith = (cps: string): Change =>
  valueOf(
    oids.certificatePolicies,
    sequence(sequence(oid(oids.jpkiUserAuthenticationPolicy), sequence(sequence(oid(oids.cps), ia5String(cps))))),
  );
const ocspAt = (...urls: string[]): Change =>
  valueOf(oids.authorityInfoAccess, sequence(...urls.map((url) => sequence(oid(oids.ocsp), element(0x86, Buffer.from(url))))));
const subjectAltName = (value: Buffer): Change => added(extensionDer(oids.subjectAltName, { critical: false, value }));
const issuerAltName = (value: Buffer): Change => valueOf(oids.issuerAltName, value);

const outside = (reason: string): string => `certificate-outside-profile ${reason}`;

export const subjectCases: readonly Case[] = [
  ['C=US', subject(attribute(oids.countryName, printableString('US')), cnOf(utf8String(citizenId))), outside('subject')],
  ['C=jp', subject(attribute(oids.countryName, printableString('jp')), cnOf(utf8String(citizenId))), outside('subject')],
  ['C=JP as UTF8String', subject(attribute(oids.countryName, utf8String('JP')), cnOf(utf8String(citizenId))), outside('subject')],
  ['CN before C', subject(cnOf(utf8String(citizenId)), japan), outside('subject')],
  ['two CN', subject(japan, cnOf(utf8String(citizenId)), cnOf(utf8String(citizenId))), outside('subject')],
  [
    'an L, as signing certificates have it',
    subject(japan, attribute(oids.localityName, utf8String('X')), cnOf(utf8String(citizenId))),
    outside('subject'),
  ],
  ['a name for a CN', commonName('青山　花子'), outside('subject')],
  ['a Latin name for a CN', commonName('HANAKO AOYAMA'), outside('subject')],
  ['a Latin name without a blank for a CN', commonName('AOYAMAHANAKO'), outside('subject')],
  ['an identifier in lower case', commonName(citizenId.toLowerCase()), outside('subject')],
  ['an identifier without a municipality', commonName('997794E9AGCIEGABCDE003A'), outside('subject')],
  ['an identifier and a name behind it', commonName(`${citizenId} 青山`), outside('subject')],
  ['an identifier and a line behind it', commonName(`${citizenId}\n`), outside('subject')],
  ['an identifier that is too short', commonName('99101003A'), outside('subject')],
  ['an identifier of 65 characters', commonName('9'.repeat(65)), outside('subject')],
];

export const alternativeNameCases: readonly Case[] = [
  [
    'name and address in a directoryName',
    subjectAltName(nameOf(['C', 'JP'], ['L', '窓口県青嶺市１－１'], ['CN', '青山　花子'])),
    outside('extension-not-in-profile'),
  ],
  ['any directoryName for a subjectAltName', subjectAltName(nameOf(['C', 'JP'], ['CN', 'X'])), outside('extension-not-in-profile')],
  ['another O for the issuer', issuerAltName(nameOf(['C', 'JP'], ['O', '公的個人認証サーピス'])), outside('alternative-name')],
  [
    'another attribute behind the issuer',
    issuerAltName(nameOf(['C', 'JP'], ['O', '公的個人認証サービス'], ['OU', 'X'])),
    outside('alternative-name'),
  ],
  ['another country for the issuer', issuerAltName(nameOf(['C', 'US'], ['O', '公的個人認証サービス'])), outside('alternative-name')],
  ['a person for the issuer', issuerAltName(nameOf(['C', 'JP'], ['CN', '青山　花子'])), outside('alternative-name')],
  [
    'two names for the issuer',
    issuerAltName(
      sequence(
        contentOf(nameOf(['C', 'JP'], ['O', '公的個人認証サービス'])),
        contentOf(nameOf(['C', 'JP'], ['O', '公的個人認証サービス'])),
      ),
    ),
    outside('alternative-name'),
  ],
  ['a URI for the issuer', issuerAltName(sequence(element(0x86, Buffer.from('http://www.jpki.go.jp/')))), outside('alternative-name')],
];

/** The CA of the world begins on 2024-02-27 and ends on 2034-01-05. */
export const validityCases: readonly Case[] = [
  ['a validity that begins before its CA', validity('240101000000Z', '280101145959Z'), outside('validity-beyond-issuer')],
  ['a validity that ends after its CA', validity('290701000000Z', '340201145959Z'), 'certificate-not-yet-valid not-before'],
  ['a validity of ten years', validity('250101000000Z', '341231145959Z'), outside('validity-too-long')],
  ['a validity a second too long', validity('250101000000Z', '300405000001Z'), outside('validity-too-long')],
];

export const extensionValueCases: readonly Case[] = [
  ['a key identifier of another key', valueOf(oids.subjectKeyIdentifier, octetString(Buffer.alloc(20))), outside('subject-key-identifier')],
  ['a key identifier of one octet', valueOf(oids.subjectKeyIdentifier, octetString(Buffer.of(1))), outside('subject-key-identifier')],
  ['a CPS pointer to somebody else', policyWith('http://cps.example/'), outside('practice-statement')],
  ['a CPS pointer by https', policyWith('https://www.jpki.go.jp/cps.html'), outside('practice-statement')],
  ['OCSP by https', ocspAt('https://127.0.0.1/ocsp'), outside('authority-information-access')],
  ['OCSP by ldap', ocspAt('ldap://127.0.0.1/ocsp'), outside('authority-information-access')],
  ['OCSP in a file', ocspAt('file:///etc/passwd'), outside('authority-information-access')],
  ['OCSP without a host', ocspAt('http:///ocsp'), outside('authority-information-access')],
  ['OCSP with a password', ocspAt('http://a:b@127.0.0.1/'), outside('authority-information-access')],
  ['OCSP at two places, one of them by ftp', ocspAt('http://127.0.0.1/', 'ftp://127.0.0.1/'), outside('authority-information-access')],
];

/** The lines of the profile that are unverified [C]: either way is accepted. */
export const acceptedValues: readonly (readonly [name: string, change: Change])[] = [
  ['the CPS pointer of the signing certificates', policyWith('http://www.jpki.go.jp/cps.html')],
  ['a CN that is a PrintableString', subject(japan, cnOf(printableString('997794E9AGCIEG13221003A')))],
  [
    'a distribution point of its municipality, as signing certificates have it',
    valueOf(
      oids.cRLDistributionPoints,
      sequence(
        sequence(
          pointName(
            crlPointName('user-authentication', 'JPKI-TEST', [
              ['OU', 'Madoguchi-ken'],
              ['CN', 'Shiomidai-shi CRLDP'],
            ]),
          ),
        ),
      ),
    ),
  ],
  ['a validity of five years, three months and a day', validity('250101000000Z', '300405000000Z')],
];
