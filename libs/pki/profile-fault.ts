// Compares a certificate with the table of its kind (certificate-profile.ts). Form only:
// neither signatures nor what time it is.
import { createHash } from 'node:crypto';
import { equalBytes } from '#libs/std/bytes.js';
import type { Certificate } from './certificate.js';
import type { CertificateProfile, DistributionPointRule, NameRule } from './certificate-profile.js';
import type { ExtensionName } from './extensions.js';
import type { GeneralName, Name, NameAttribute } from './name.js';
import { oids } from './oids.js';
import type { RefusalCode } from './refusal.js';

export type ProfileFault = {
  readonly code: Extract<RefusalCode, 'certificate-outside-profile' | 'certificate-wrong-purpose' | 'certificate-weak-key'>;
  readonly reason: string;
};

/** Null: inside the profile. */
export function findProfileFault(certificate: Certificate, profile: CertificateProfile): ProfileFault | null {
  const purpose = findPurposeFault(certificate, profile);
  if (purpose !== null) return { code: 'certificate-wrong-purpose', reason: purpose };
  const key = findKeyFault(certificate, profile);
  if (key !== null) return { code: 'certificate-weak-key', reason: key };
  const outside = findExtensionFault(certificate, profile) ?? findValueFault(certificate, profile);
  return outside === null ? null : { code: 'certificate-outside-profile', reason: outside };
}

function findPurposeFault(certificate: Certificate, profile: CertificateProfile): string | null {
  const { keyUsage, certificatePolicies, extKeyUsage, basicConstraints } = certificate.extensions.values;
  if (!sameSet(keyUsage ?? [], profile.keyUsage)) return 'key-usage';
  if ((basicConstraints?.ca ?? false) !== profile.authority) return 'basic-constraints';
  if (basicConstraints !== undefined && basicConstraints.pathLength !== null) return 'path-length';
  if (extKeyUsage !== undefined && !sameSet(extKeyUsage, profile.extendedKeyUsage)) return 'extended-key-usage';
  if (profile.policies === null) return null;
  const [policy, ...others] = certificatePolicies ?? [];
  return policy !== undefined && others.length === 0 && profile.policies.includes(policy.id) ? null : 'policy';
}

function findKeyFault({ publicKey }: Certificate, profile: CertificateProfile): string | null {
  if (!profile.modulusBits.includes(publicKey.modulusBits)) return 'rsa-modulus-size';
  return profile.exponents.includes(publicKey.exponent) ? null : 'rsa-exponent';
}

/** Which extensions there are, and whether each is critical. */
function findExtensionFault({ extensions }: Certificate, profile: CertificateProfile): string | null {
  if (extensions.unknown.length > 0) return 'extension-unknown';
  const present = namesOf(extensions.values);
  if (present.some((name) => profile.extensions[name] === undefined)) return 'extension-not-in-profile';
  for (const name of namesOf(profile.extensions)) {
    const rule = profile.extensions[name];
    const critical = extensions.critical.has(name) ? 'yes' : 'no';
    if (extensions.values[name] === undefined) {
      if (rule?.presence === 'required') return 'extension-missing';
    } else if (rule?.critical !== 'either' && rule?.critical !== critical) return 'extension-criticality';
  }
  return null;
}

/** What they, the subject and the validity say. */
function findValueFault(certificate: Certificate, profile: CertificateProfile): string | null {
  const { subject, issuer, extensions } = certificate;
  if (profile.subject !== null && !followsRule(subject.attributes, profile.subject)) return 'subject';
  const { subjectAltName, issuerAltName, certificatePolicies = [], authorityInfoAccess = [], cRLDistributionPoints } = extensions.values;
  if (!isAlternative(subjectAltName, profile.subjectAltName) || !isAlternative(issuerAltName, profile.issuerAltName))
    return 'alternative-name';
  if (certificatePolicies.some(({ cps }) => cps !== null && !profile.practiceStatements.includes(cps))) return 'practice-statement';
  if (!authorityInfoAccess.every(({ method, uri }) => method === oids.ocsp && profile.ocspUrl?.test(uri) !== false))
    return 'authority-information-access';
  if (!isPointOf(issuer, cRLDistributionPoints, profile.distributionPoint)) return 'distribution-point';
  const identifier = findIdentifierFault(certificate, profile);
  if (identifier !== null) return identifier;
  return certificate.notAfterMs - certificate.notBeforeMs > profile.maxValidityMs ? 'validity-too-long' : null;
}

/** Whose key signed, and which key this is (RFC 5280 §4.2.1.1, §4.2.1.2). */
function findIdentifierFault({ publicKey, extensions }: Certificate, profile: CertificateProfile): string | null {
  const { authorityKeyIdentifier, subjectKeyIdentifier } = extensions.values;
  if (profile.authorityKeyIdentifier === 'key' && authorityKeyIdentifier?.keyId === null) return 'authority-key-identifier';
  if (profile.subjectKeyIdentifier !== 'sha1' || subjectKeyIdentifier === undefined) return null;
  const hash = createHash('sha1').update(publicKey.bits).digest();
  return equalBytes(hash, subjectKeyIdentifier) ? null : 'subject-key-identifier';
}

/** A point under any other name would be served by whoever bears that name, or by nobody. */
function isPointOf(issuer: Name, point: Name | undefined, rule: DistributionPointRule | null): boolean {
  if (point === undefined || rule === null) return true;
  const { issuerAttributes, below } = rule;
  const own = issuer.attributes.slice(0, issuerAttributes);
  if (!followsRule(point.attributes.slice(0, issuerAttributes), own)) return false;
  const rest = point.attributes.slice(issuerAttributes);
  return below.some((names) => followsRule(rest, names));
}

/** One directoryName and nothing beside it: an authentication certificate with a person's name inside is not one. */
function isAlternative(names: readonly GeneralName[] | undefined, rule: NameRule | null): boolean {
  if (names === undefined) return true;
  const [name, ...others] = names;
  return rule !== null && name?.form === 'directoryName' && others.length === 0 && followsRule(name.name.attributes, rule);
}

function followsRule(attributes: readonly NameAttribute[], rule: NameRule): boolean {
  if (attributes.length !== rule.length) return false;
  return rule.every(({ type, form, value }, index) => {
    const attribute = attributes[index];
    if (attribute?.type !== type || (form !== 'either' && attribute.form !== form)) return false;
    return typeof value === 'string' ? attribute.value === value : value.test(attribute.value);
  });
}

function namesOf(record: Readonly<Partial<Record<ExtensionName, unknown>>>): ExtensionName[] {
  return Object.keys(record) as ExtensionName[];
}

function sameSet(have: readonly string[], wanted: readonly string[]): boolean {
  return have.length === wanted.length && wanted.every((item) => have.includes(item));
}
