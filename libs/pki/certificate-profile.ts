// What a certificate has to look like (reference/card-and-pki.md §10). One table a kind
// of certificate, one function that compares. Whatever a table does not name is refused.
//
// The lines marked [C] are unverified (reference §13): they say what we accept until the
// primary documents are read, and are data so that a deployment can correct them.
import type { Certificate } from './certificate.js';
import type { ExtensionName, KeyUsage } from './extensions.js';
import type { Name } from './name.js';
import { oids } from './oids.js';
import type { RefusalCode } from './refusal.js';

export type ExtensionRule = { readonly presence: 'required' | 'optional'; readonly critical: 'yes' | 'no' | 'either' };

export type CertificateProfile = {
  /** Attribute types of the subject, in this order; null: any. */
  readonly subject: readonly string[] | null;
  /** An extension without a rule is refused. */
  readonly extensions: Readonly<Partial<Record<ExtensionName, ExtensionRule>>>;
  /** All of these and no others. */
  readonly keyUsage: readonly KeyUsage[];
  /** Exactly one policy, and one of these; null: any. */
  readonly policies: readonly string[] | null;
  /** All of these and no others, where the extension is present. */
  readonly extendedKeyUsage: readonly string[];
  readonly authority: boolean;
  readonly modulusBits: readonly number[];
  /** Upper-case hex. */
  readonly exponents: readonly string[];
};

const required = { presence: 'required', critical: 'no' } as const;
const requiredCritical = { presence: 'required', critical: 'yes' } as const;
const optional = { presence: 'optional', critical: 'no' } as const;
const optionalEither = { presence: 'optional', critical: 'either' } as const;

const rsa2048 = { modulusBits: [2048], exponents: ['010001'] } as const;

/** 利用者証明用電子証明書 */
export const userAuthenticationProfile: CertificateProfile = {
  subject: [oids.countryName, oids.commonName],
  extensions: {
    keyUsage: requiredCritical,
    certificatePolicies: requiredCritical,
    subjectAltName: optional, // [C] holds no personal data; directoryName only
    issuerAltName: optional,
    cRLDistributionPoints: optional, // [C] one directoryName
    authorityInfoAccess: optional, // [C] host unknown
    extKeyUsage: optionalEither, // [C] clientAuth or absent
    authorityKeyIdentifier: optional, // [C] form unknown
    subjectKeyIdentifier: optional, // [C]
    basicConstraints: optionalEither, // [C] absent or CA:FALSE
  },
  keyUsage: ['digitalSignature'],
  policies: [oids.jpkiUserAuthenticationPolicy],
  extendedKeyUsage: [oids.clientAuth],
  authority: false,
  ...rsa2048,
};

/** The two self-signed CAs. */
export const authorityProfile: CertificateProfile = {
  subject: null,
  extensions: {
    keyUsage: requiredCritical,
    subjectAltName: optional,
    basicConstraints: requiredCritical,
    cRLDistributionPoints: optional,
    subjectKeyIdentifier: required,
  },
  keyUsage: ['keyCertSign', 'cRLSign'],
  policies: null,
  extendedKeyUsage: [],
  authority: true,
  ...rsa2048,
};

/** RFC 6960 §4.2.2.2, a delegated responder. JPKI's own profile for it is not public [C]. */
export const ocspResponderProfile: CertificateProfile = {
  subject: null,
  extensions: {
    keyUsage: requiredCritical,
    extKeyUsage: { presence: 'required', critical: 'either' },
    ocspNocheck: optional,
    certificatePolicies: optionalEither,
    issuerAltName: optional,
    cRLDistributionPoints: optional,
    authorityKeyIdentifier: optional,
    subjectKeyIdentifier: optional,
    basicConstraints: optionalEither,
  },
  keyUsage: ['digitalSignature'],
  policies: null,
  extendedKeyUsage: [oids.ocspSigning],
  authority: false,
  modulusBits: [2048, 3072, 4096],
  exponents: ['010001'],
};

export type ProfileFault = {
  readonly code: Extract<RefusalCode, 'certificate-outside-profile' | 'certificate-wrong-purpose' | 'certificate-weak-key'>;
  readonly reason: string;
};

/** Null: inside the profile. Compares form only: neither signatures nor time. */
export function findProfileFault(certificate: Certificate, profile: CertificateProfile): ProfileFault | null {
  return findPurposeFault(certificate, profile) ?? findKeyFault(certificate, profile) ?? findExtensionFault(certificate, profile);
}

function findPurposeFault(certificate: Certificate, profile: CertificateProfile): ProfileFault | null {
  const { keyUsage, certificatePolicies, extKeyUsage, basicConstraints } = certificate.extensions.values;
  const wrong = (reason: string): ProfileFault => ({ code: 'certificate-wrong-purpose', reason });
  if (!sameSet(keyUsage ?? [], profile.keyUsage)) return wrong('key-usage');
  if ((basicConstraints?.ca ?? false) !== profile.authority) return wrong('basic-constraints');
  if (basicConstraints !== undefined && basicConstraints.pathLength !== null) return wrong('path-length');
  if (extKeyUsage !== undefined && !sameSet(extKeyUsage, profile.extendedKeyUsage)) return wrong('extended-key-usage');
  if (profile.policies === null) return null;
  const [policy = '', ...others] = certificatePolicies ?? [];
  return others.length === 0 && profile.policies.includes(policy) ? null : wrong('policy');
}

function findKeyFault({ publicKey }: Certificate, profile: CertificateProfile): ProfileFault | null {
  if (!profile.modulusBits.includes(publicKey.modulusBits)) return { code: 'certificate-weak-key', reason: 'rsa-modulus-size' };
  if (!profile.exponents.includes(publicKey.exponent)) return { code: 'certificate-weak-key', reason: 'rsa-exponent' };
  return null;
}

function findExtensionFault({ extensions, subject }: Certificate, profile: CertificateProfile): ProfileFault | null {
  const outside = (reason: string): ProfileFault => ({ code: 'certificate-outside-profile', reason });
  if (profile.subject !== null && !sameList(typesOf(subject), profile.subject)) return outside('subject');
  if (extensions.unknown.length > 0) return outside('extension-unknown');
  const present = namesOf(extensions.values);
  if (present.some((name) => profile.extensions[name] === undefined)) return outside('extension-not-in-profile');
  for (const name of namesOf(profile.extensions)) {
    const rule = profile.extensions[name];
    const critical = extensions.critical.has(name) ? 'yes' : 'no';
    if (extensions.values[name] === undefined) {
      if (rule?.presence === 'required') return outside('extension-missing');
    } else if (rule?.critical !== 'either' && rule?.critical !== critical) return outside('extension-criticality');
  }
  return findNamesFault(extensions.values) === null ? null : outside('alternative-name');
}

/** An authentication certificate with a person's name inside is not one (reference §10: "no personal data"). */
function findNamesFault({
  subjectAltName = [],
  issuerAltName = [],
  authorityInfoAccess = [],
}: Certificate['extensions']['values']): true | null {
  const named = [...subjectAltName, ...issuerAltName].every((name) => name.form === 'directoryName');
  const located = authorityInfoAccess.every((access) => access.method === oids.ocsp);
  return named && located ? null : true;
}

function namesOf(record: Readonly<Partial<Record<ExtensionName, unknown>>>): ExtensionName[] {
  return Object.keys(record) as ExtensionName[];
}

function typesOf(name: Name): string[] {
  return name.attributes.map((attribute) => attribute.type);
}

function sameList(have: readonly string[], wanted: readonly string[]): boolean {
  return have.length === wanted.length && wanted.every((item, index) => item === have[index]);
}

function sameSet(have: readonly string[], wanted: readonly string[]): boolean {
  return have.length === wanted.length && wanted.every((item) => have.includes(item));
}
