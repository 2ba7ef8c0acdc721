// The certificates of reference/card-and-pki.md §10, field by field, in the order of its
// tables. Where the reference is unsure [C], one choice is made here and said so; the
// judge (certificate-profile.ts) accepts the other choices too.
import { booleanTrue, element, explicit, ia5String, namedBits, nullValue, octetString, oid, sequence, utf8String } from './der-writer.js';
import { tag } from './der.js';
import { keyUsageBits, type KeyUsage } from './extensions.js';
import type { ExtensionTemplate } from './issue-certificate.js';
import { writeName, type AttributeKey } from './name.js';
import { oids } from './oids.js';
import type { AnchorPurpose } from './trust-list.js';

export type NameParts = readonly (readonly [AttributeKey, string])[];

const units: Readonly<Record<AnchorPurpose, { english: string; japanese: string; policy: string }>> = {
  'digital-signature': {
    english: 'JPKI for digital signature',
    japanese: '公的個人認証サービス署名用',
    policy: oids.jpkiDigitalSignaturePolicy,
  },
  'user-authentication': {
    english: 'JPKI for user authentication',
    japanese: '公的個人認証サービス利用者証明用',
    policy: oids.jpkiUserAuthenticationPolicy,
  },
};

export function authorityName(purpose: AnchorPurpose, organization: string): Buffer {
  const agency = 'Japan Agency for Local Authority Information Systems';
  return writeName([
    ['C', 'JP'],
    ['O', organization],
    ['OU', units[purpose].english],
    ['OU', agency],
  ]);
}

/** `area`: `[['OU', 'Madoguchi-ken'], ['CN', 'Shiomidai-shi CRLDP']]`. For authentication certificates the form is unverified [C]. */
export function crlPointName(purpose: AnchorPurpose, organization: string, area: NameParts): Buffer {
  return writeName([['C', 'JP'], ['O', organization], ['OU', units[purpose].english], ['OU', 'CRL Distribution Points'], ...area]);
}

export function authorityExtensions(purpose: AnchorPurpose, name: Buffer, keyId: Buffer): ExtensionTemplate[] {
  const japanese = writeName([
    ['C', 'JP'],
    ['O', '公的個人認証サービス'],
    ['OU', units[purpose].japanese],
    ['OU', '地方公共団体情報システム機構'],
  ]);
  return [
    keyUsage(['keyCertSign', 'cRLSign']),
    extension(oids.subjectAltName, sequence(directoryName(japanese))),
    { oid: oids.basicConstraints, critical: true, value: sequence(booleanTrue()) },
    crlDistributionPoints(name),
    extension(oids.subjectKeyIdentifier, octetString(keyId)),
  ];
}

export type EndEntityParts = {
  readonly crlPoint: Buffer;
  readonly ocspUrl: string;
  readonly authorityKeyId: Buffer;
  readonly subjectKeyId: Buffer;
};

/** 利用者証明用: no subjectAltName, no extendedKeyUsage, no basicConstraints [C]. */
export function userAuthenticationExtensions(parts: EndEntityParts): ExtensionTemplate[] {
  return [
    keyUsage(['digitalSignature']),
    { oid: oids.certificatePolicies, critical: true, value: sequence(sequence(oid(units['user-authentication'].policy))) },
    ...endEntityExtensions(parts),
  ];
}

export type CitizenAttributes = {
  readonly name: string;
  readonly address: string;
  /** EYYYYMMDD, E the era (reference §10). */
  readonly birthDate: string;
  readonly sex: string;
};

/** 署名用: the six otherNames in the order seen on cards: 1, 4, 3, 5, 2, 6. */
export function digitalSignatureExtensions(parts: EndEntityParts, citizen: CitizenAttributes): ExtensionTemplate[] {
  const unsubstituted = (text: string): string => '0'.repeat(Array.from(text).length);
  const attributes = [
    [1, citizen.name],
    [4, citizen.birthDate],
    [3, citizen.sex],
    [5, citizen.address],
    [2, unsubstituted(citizen.name)],
    [6, unsubstituted(citizen.address)],
  ] as const;
  const otherNames = attributes.map(([n, text]) => explicit(0, oid(`${oids.jpkiAttributes}.${n}`), explicit(0, utf8String(text))));
  const qualifiers = sequence(sequence(oid(oids.cps), ia5String('http://www.jpki.go.jp/cps.html')));
  return [
    keyUsage(['digitalSignature', 'nonRepudiation']),
    extension(oids.subjectAltName, sequence(...otherNames)),
    { oid: oids.certificatePolicies, critical: true, value: sequence(sequence(oid(units['digital-signature'].policy), qualifiers)) },
    ...endEntityExtensions(parts),
  ];
}

/** RFC 6960 §4.2.2.2: delegated, and not itself to be asked about. */
export function ocspResponderExtensions(parts: Pick<EndEntityParts, 'authorityKeyId' | 'subjectKeyId'>): ExtensionTemplate[] {
  return [
    keyUsage(['digitalSignature']),
    { oid: oids.extKeyUsage, critical: true, value: sequence(oid(oids.ocspSigning)) },
    extension(oids.ocspNocheck, nullValue()),
    authorityKeyIdentifier(parts.authorityKeyId),
    extension(oids.subjectKeyIdentifier, octetString(parts.subjectKeyId)),
  ];
}

function endEntityExtensions(parts: EndEntityParts): ExtensionTemplate[] {
  const issuer = writeName([
    ['C', 'JP'],
    ['O', '公的個人認証サービス'],
  ]);
  const access = sequence(oid(oids.ocsp), element(tag.context(6), Buffer.from(parts.ocspUrl, 'latin1')));
  return [
    extension(oids.issuerAltName, sequence(directoryName(issuer))),
    crlDistributionPoints(parts.crlPoint),
    extension(oids.authorityInfoAccess, sequence(access)),
    authorityKeyIdentifier(parts.authorityKeyId),
    extension(oids.subjectKeyIdentifier, octetString(parts.subjectKeyId)),
  ];
}

function keyUsage(usages: readonly KeyUsage[]): ExtensionTemplate {
  return { oid: oids.keyUsage, critical: true, value: namedBits(usages.map((usage) => keyUsageBits.indexOf(usage))) };
}

function authorityKeyIdentifier(keyId: Buffer): ExtensionTemplate {
  return extension(oids.authorityKeyIdentifier, sequence(element(tag.context(0), keyId)));
}

function crlDistributionPoints(name: Buffer): ExtensionTemplate {
  return extension(oids.cRLDistributionPoints, sequence(sequence(pointName(name))));
}

/** `distributionPoint [0]` { `fullName [0]` { directoryName } } */
export function pointName(name: Buffer): Buffer {
  return explicit(0, explicit(0, directoryName(name)));
}

function directoryName(name: Buffer): Buffer {
  return explicit(4, name);
}

function extension(type: string, value: Buffer): ExtensionTemplate {
  return { oid: type, critical: false, value };
}
