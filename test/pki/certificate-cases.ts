// What can be wrong in a certificate, field by field, and the refusal that each has to
// end in.
import { generateKeyPairSync } from 'node:crypto';
import { element, explicit, nullValue, octetString, oid, sequence, smallInteger, utf8String } from '#libs/pki/der-writer.js';
import { keyIdOf, spkiOf } from '#libs/pki/issue-certificate.js';
import { authorityName, crlPointName, pointName } from '#libs/pki/issue-profile.js';
import { writeName } from '#libs/pki/name.js';
import { oids } from '#libs/pki/oids.js';
import { added, childrenOf, contentOf, extension, extensionDer, extensions, field, type Case, type Change } from './forge.js';
import { acceptedValues } from './profile-cases.js';

const utc = (text: string): Buffer => element(0x17, Buffer.from(text));
const generalized = (text: string): Buffer => element(0x18, Buffer.from(text));
const begin = utc('250101000000Z');
const end = utc('290101000000Z');
const bits = (...octets: number[]): Buffer => element(0x03, Buffer.from(octets));
const uri = element(0x86, Buffer.from('http://example.jp/'));
const person = explicit(0, oid(`${oids.jpkiAttributes}.1`), explicit(0, utf8String('青山　花子')));
const spki = (options: { modulusLength: number; publicExponent?: number }): Buffer => spkiOf(generateKeyPairSync('rsa', options).publicKey);
const anotherKey: Change = (all) => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return valueOf(oids.subjectKeyIdentifier, octetString(keyIdOf(publicKey)))(field(6, spkiOf(publicKey))(all));
};
/** The point follows the issuer, so that it is the issuer that is looked at. */
const anotherIssuer: Change = (all) => {
  const point = sequence(sequence(pointName(crlPointName('user-authentication', 'JPKI-TESU', [['CN', 'Madoguchi-ken CRLDP']]))));
  return valueOf(oids.cRLDistributionPoints, point)(field(3, authorityName('user-authentication', 'JPKI-TESU'))(all));
};
const keyUsageOf = (...octets: number[]): Change => extension(oids.keyUsage, (old) => ({ ...old, value: bits(...octets) }));
const valueOf = (type: string, value: Buffer): Change => extension(type, (old) => ({ ...old, value }));
const criticality = (type: string): Change => extension(type, (old) => ({ ...old, critical: !old.critical }));
const plain = (type: string, value: Buffer): Change => added(extensionDer(type, { critical: false, value }));
const critical = (type: string, value: Buffer): Change => added(extensionDer(type, { critical: true, value }));

export const fieldCases: readonly Case[] = [
  ['version 1, written out', field(0, explicit(0, smallInteger(0))), 'certificate-malformed not-version-3'],
  ['version 1, by default', (all) => all.slice(1), 'certificate-malformed der-tag'],
  ['version 4', field(0, explicit(0, smallInteger(3))), 'certificate-malformed not-version-3'],
  ['serial of somebody else', field(1, smallInteger(9)), 'revocation-unknown ocsp-other-certificate'],
  ['serial zero', field(1, smallInteger(0)), 'certificate-malformed der-integer-not-positive'],
  ['serial negative', field(1, element(2, Buffer.of(0x89, 0xab))), 'certificate-malformed der-integer-not-positive'],
  ['serial padded', field(1, element(2, Buffer.of(0, 1))), 'certificate-malformed der-integer'],
  ['serial of 21 octets', field(1, element(2, Buffer.alloc(21, 1))), 'certificate-malformed serial-too-long'],
  ['inner algorithm SHA-1', field(2, sequence(oid('1.2.840.113549.1.1.5'), nullValue())), 'certificate-malformed signature-algorithm'],
  ['inner algorithm without NULL', field(2, sequence(oid(oids.sha256WithRSAEncryption))), 'certificate-malformed der-missing'],
  ['issuer with another O, and its own distribution point', anotherIssuer, 'issuer-unknown no-path-to-trust-anchor'],
  ['issuer empty', field(3, sequence()), 'certificate-malformed der-empty-list'],
  ['not yet valid', field(4, sequence(utc('261123030001Z'), end)), 'certificate-not-yet-valid not-before'],
  ['expired a second ago', field(4, sequence(begin, utc('261123025958Z'))), 'certificate-expired not-after'],
  ['validity reversed', field(4, sequence(end, begin)), 'certificate-malformed validity-reversed'],
  ['time without seconds', field(4, sequence(utc('2501010000Z'), end)), 'certificate-malformed der-time'],
  ['time with an offset', field(4, sequence(utc('250101000000+0900'), end)), 'certificate-malformed der-time'],
  ['the 30th of February', field(4, sequence(utc('250230000000Z'), end)), 'certificate-malformed der-time'],
  ['GeneralizedTime before 2050', field(4, sequence(begin, generalized('20290101000000Z'))), 'certificate-malformed der-time-form'],
  [
    'subject with an O',
    field(
      5,
      writeName([
        ['C', 'JP'],
        ['O', 'X'],
        ['CN', 'Y'],
      ]),
    ),
    'certificate-outside-profile subject',
  ],
  ['subject without CN', field(5, writeName([['C', 'JP']])), 'certificate-outside-profile subject'],
  ['RSA of 1024 bits', field(6, spki({ modulusLength: 1024 })), 'certificate-weak-key rsa-modulus-size'],
  ['RSA of 2040 bits', field(6, spki({ modulusLength: 2040 })), 'certificate-weak-key rsa-modulus-size'],
  ['RSA of 3072 bits', field(6, spki({ modulusLength: 3072 })), 'certificate-weak-key rsa-modulus-size'],
  ['exponent 3', field(6, spki({ modulusLength: 2048, publicExponent: 3 })), 'certificate-weak-key rsa-exponent'],
  ['another key', anotherKey, 'signature-wrong statement-signature'],
  ['an EC key', field(6, spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)), 'certificate-malformed key-algorithm'],
  [
    'key algorithm without NULL',
    field(6, (old) => sequence(sequence(oid(oids.rsaEncryption)), childrenOf(old)[1] ?? old)),
    'certificate-malformed der-missing',
  ],
  ['issuerUniqueID', (all) => [...all.slice(0, 7), element(0x81, Buffer.of(0, 1)), ...all.slice(7)], 'certificate-malformed der-tag'],
  ['no extensions', (all) => all.slice(0, 7), 'certificate-malformed der-missing'],
  ['an empty list of extensions', extensions(() => []), 'certificate-malformed der-empty-list'],
];

export const extensionCases: readonly Case[] = [
  ['keyUsage absent', extension(oids.keyUsage, null), 'certificate-wrong-purpose key-usage'],
  ['keyUsage of a signing certificate', keyUsageOf(6, 0xc0), 'certificate-wrong-purpose key-usage'],
  ['keyUsage keyEncipherment', keyUsageOf(5, 0x20), 'certificate-wrong-purpose key-usage'],
  ['keyUsage empty', keyUsageOf(0), 'certificate-malformed der-named-bits'],
  ['keyUsage with trailing zero bits', keyUsageOf(0, 0x80), 'certificate-malformed der-named-bits'],
  ['keyUsage with unknown bits', keyUsageOf(6, 0x80, 0x40), 'certificate-malformed key-usage-bit'],
  ['keyUsage not critical', criticality(oids.keyUsage), 'certificate-outside-profile extension-criticality'],
  ['policies absent', extension(oids.certificatePolicies, null), 'certificate-wrong-purpose policy'],
  [
    'policy of signing',
    valueOf(oids.certificatePolicies, sequence(sequence(oid(oids.jpkiDigitalSignaturePolicy)))),
    'certificate-wrong-purpose policy',
  ],
  ['any policy', valueOf(oids.certificatePolicies, sequence(sequence(oid('2.5.29.32.0')))), 'certificate-wrong-purpose policy'],
  [
    'a second policy',
    valueOf(oids.certificatePolicies, sequence(sequence(oid(oids.jpkiUserAuthenticationPolicy)), sequence(oid('1.2.3')))),
    'certificate-wrong-purpose policy',
  ],
  ['policies not critical', criticality(oids.certificatePolicies), 'certificate-outside-profile extension-criticality'],
  [
    'user notice',
    valueOf(
      oids.certificatePolicies,
      sequence(sequence(oid(oids.jpkiUserAuthenticationPolicy), sequence(sequence(oid('1.3.6.1.5.5.7.2.2'), sequence())))),
    ),
    'certificate-malformed policy-qualifier',
  ],
  ['a CA', critical(oids.basicConstraints, sequence(element(1, Buffer.of(0xff)))), 'certificate-wrong-purpose basic-constraints'],
  ['cA FALSE written out', plain(oids.basicConstraints, sequence(element(1, Buffer.of(0)))), 'certificate-malformed der-boolean'],
  ['a path length', plain(oids.basicConstraints, sequence(smallInteger(0))), 'certificate-wrong-purpose path-length'],
  ['serverAuth', plain(oids.extKeyUsage, sequence(oid('1.3.6.1.5.5.7.3.1'))), 'certificate-wrong-purpose extended-key-usage'],
  ['OCSPSigning', plain(oids.extKeyUsage, sequence(oid(oids.ocspSigning))), 'certificate-wrong-purpose extended-key-usage'],
  ['ocsp-nocheck', plain(oids.ocspNocheck, nullValue()), 'certificate-outside-profile extension-not-in-profile'],
  ['an unknown critical extension', critical('1.2.3.4', nullValue()), 'certificate-outside-profile extension-unknown'],
  ['an unknown extension', plain('1.2.3.4', nullValue()), 'certificate-outside-profile extension-unknown'],
  ['name constraints', critical('2.5.29.30', sequence()), 'certificate-outside-profile extension-unknown'],
  ['an extension twice', plain(oids.subjectKeyIdentifier, octetString(Buffer.alloc(20))), 'certificate-malformed extension-twice'],
  [
    'an unknown extension twice',
    (all) => plain('1.2.3.4', nullValue())(plain('1.2.3.4', nullValue())(all)),
    'certificate-malformed extension-twice',
  ],
  [
    'critical FALSE written out',
    extensions((list) => [...list, sequence(oid('1.2.3.4'), element(1, Buffer.of(0)), octetString(nullValue()))]),
    'certificate-malformed der-boolean',
  ],
  ["a person's name", plain(oids.subjectAltName, sequence(person)), 'certificate-outside-profile extension-not-in-profile'],
  ['a URI for a name', plain(oids.subjectAltName, sequence(uri)), 'certificate-outside-profile extension-not-in-profile'],
  ['no name among the names', plain(oids.subjectAltName, sequence()), 'certificate-malformed der-empty-list'],
  ['issuerAltName critical', criticality(oids.issuerAltName), 'certificate-outside-profile extension-criticality'],
  [
    'key identifier of another CA',
    valueOf(oids.authorityKeyIdentifier, sequence(element(0x80, Buffer.alloc(20)))),
    'issuer-unknown no-path-to-trust-anchor',
  ],
  ['an empty key identifier', valueOf(oids.authorityKeyIdentifier, sequence()), 'certificate-malformed authority-key-identifier-empty'],
  ['authorityKeyIdentifier critical', criticality(oids.authorityKeyIdentifier), 'certificate-outside-profile extension-criticality'],
  ['subjectKeyIdentifier critical', criticality(oids.subjectKeyIdentifier), 'certificate-outside-profile extension-criticality'],
  ['distribution point critical', criticality(oids.cRLDistributionPoints), 'certificate-outside-profile extension-criticality'],
  [
    'distribution point by URI',
    valueOf(oids.cRLDistributionPoints, sequence(sequence(explicit(0, explicit(0, uri))))),
    'certificate-malformed der-tag',
  ],
  [
    'two distribution points',
    extension(oids.cRLDistributionPoints, (old) => ({ ...old, value: sequence(contentOf(old.value), contentOf(old.value)) })),
    'certificate-malformed der-trailing-bytes',
  ],
  [
    'distribution point for some reasons',
    extension(oids.cRLDistributionPoints, (old) => ({
      ...old,
      value: sequence(sequence(contentOf(contentOf(old.value)), element(0x81, Buffer.of(6, 0x40)))),
    })),
    'certificate-malformed der-trailing-bytes',
  ],
  [
    'access to the issuer',
    valueOf(oids.authorityInfoAccess, sequence(sequence(oid('1.3.6.1.5.5.7.48.2'), uri))),
    'certificate-outside-profile authority-information-access',
  ],
  ['access critical', criticality(oids.authorityInfoAccess), 'certificate-outside-profile extension-criticality'],
];

/** The lines of the profile that are unverified [C]: either way is accepted. */
export const acceptedCases: readonly (readonly [name: string, change: Change])[] = [
  ['extendedKeyUsage clientAuth', plain(oids.extKeyUsage, sequence(oid(oids.clientAuth)))],
  ['basicConstraints CA:FALSE', critical(oids.basicConstraints, sequence())],
  ['no access to OCSP', extension(oids.authorityInfoAccess, null)],
  ['another order of extensions', extensions((list) => list.toReversed())],
  ...acceptedValues,
];
