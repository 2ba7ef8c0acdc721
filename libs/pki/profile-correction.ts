// Corrects the facts of a profile that are unverified (certificate-profile.ts, [C]; README.md,
// "What is unverified"), and no others: whose key signed, key, key usage, CA or not, length of
// the validity, and that an unknown extension is refused have no key here. For a
// configuration file: strict, and a correction is a fact, so none of them means "anything".
import { sha256Hex } from '#libs/std/bytes.js';
import { z } from 'zod';
import type { AttributeRule, CertificateProfile, ExtensionRule } from './certificate-profile.js';
import { configuredPattern } from './configured-pattern.js';
import type { ExtensionName } from './extensions.js';
import { alternativesMax } from './limits.js';
import { attributeTypes } from './name.js';
import { oids } from './oids.js';

const form = z.enum(['printable', 'utf8', 'either']);
const critical = z.enum(['yes', 'no', 'either']);

const extension = z
  .strictObject({ presence: z.enum(['required', 'optional', 'absent']).optional(), critical: critical.optional() })
  .refine((rule) => rule.presence !== 'absent' || rule.critical === undefined, 'no "critical" where "presence" is "absent"');

/** The same text in every certificate, so nobody's: no CN and no L, where a person or a place could stand. */
const fixedName = z
  .array(
    z
      .strictObject({
        attribute: z.enum(['C', 'O', 'OU']),
        form: form.default('either'),
        value: z.string().regex(/^[^\p{Cc}\p{Cf}]{1,64}$/u, 'a text of 1 to 64 visible characters'),
      })
      .transform(({ attribute, form: as, value }): AttributeRule => ({ type: attributeTypes[attribute], form: as, value })),
  )
  .min(1)
  .max(alternativesMax);

const pointAttribute = z
  .strictObject({ attribute: z.enum(['OU', 'L', 'CN']), form: form.default('utf8'), pattern: configuredPattern('attribute') })
  .transform(({ attribute, form: as, pattern }): AttributeRule => ({ type: attributeTypes[attribute], form: as, value: pattern }));

function oidBut(forbidden: RegExp, expected: string): z.ZodType<string, string> {
  return z.string().refine((text) => /^[0-2](?:\.(?:0|[1-9]\d{0,15})){2,20}$/.test(text) && !forbidden.test(text), expected);
}
/** 2.5.29.37.0 is any usage; who signs OCSP answers is a responder and no citizen. */
const usage = oidBut(/^(?:2\.5\.29\.37\.0|1\.3\.6\.1\.5\.5\.7\.3\.9)$/, 'the OID of one extended key usage; not "any", not OCSP signing');
/** 2.5.29.32.0 is any policy; below 8.5.1.1 are those of signing (reference §10). */
const policy = oidBut(
  /^(?:2\.5\.29\.32(?:\.|$)|1\.2\.392\.200149\.8\.5\.1\.1(?:\.|$))/,
  'the OID of one policy of user authentication; not "any", none of signing',
);
const practiceStatement = z.string().regex(/^https?:\/\/[!-~]{1,247}$/, 'an http:// or https:// address of visible ASCII');

const identifiers = {
  authorityKeyIdentifier: z.enum(['key', 'any']),
  subjectKeyIdentifier: z.enum(['sha1', 'any']),
  issuerAltName: fixedName,
  practiceStatements: z.array(practiceStatement).max(alternativesMax),
};

/** Of the certificate for user authentication: the key `certificateProfile`. Whoever judges cards has to have the same. */
export const profileCorrectionSchema = z
  .strictObject({
    ...identifiers,
    extensions: z
      .strictObject({
        extKeyUsage: extension,
        basicConstraints: extension,
        authorityKeyIdentifier: extension,
        subjectKeyIdentifier: extension,
        issuerAltName: extension,
        cRLDistributionPoints: extension,
        authorityInfoAccess: extension,
      })
      .partial(),
    commonName: z.strictObject({ form, pattern: configuredPattern('identifier') }).partial(),
    subjectAltName: fixedName,
    policies: z.array(policy).min(1).max(alternativesMax),
    extendedKeyUsage: z.array(usage).min(1).max(alternativesMax),
    ocspUrl: configuredPattern('httpUrl'),
    distributionPoint: z.strictObject({
      below: z.array(z.array(pointAttribute).min(1).max(alternativesMax)).min(1).max(alternativesMax),
    }),
  })
  .partial();
export type ProfileCorrection = z.infer<typeof profileCorrectionSchema>;

/** Of an OCSP responder's certificate. That it is for OCSP signing, and by which CA, is certain (RFC 6960 §4.2.2.2). */
export const responderCorrectionSchema = z
  .strictObject({
    ...identifiers,
    extensions: z
      .strictObject({
        keyUsage: z.strictObject({ critical }),
        certificatePolicies: extension,
        issuerAltName: extension,
        cRLDistributionPoints: extension,
        authorityInfoAccess: extension,
        authorityKeyIdentifier: extension,
        subjectKeyIdentifier: extension,
        basicConstraints: extension,
      })
      .partial(),
    keyUsage: z
      .array(z.enum(['digitalSignature', 'nonRepudiation']))
      .refine(
        (usages) => usages.includes('digitalSignature') && new Set(usages).size === usages.length,
        '"digitalSignature", alone or with "nonRepudiation"',
      ),
  })
  .partial();
export type ResponderCorrection = z.infer<typeof responderCorrectionSchema>;

type RuleCorrection = {
  readonly presence?: 'required' | 'optional' | 'absent' | undefined;
  readonly critical?: ExtensionRule['critical'] | undefined;
};
type RuleCorrections = Readonly<Partial<Record<ExtensionName, RuleCorrection | undefined>>>;

/** The profile with these facts in the place of its own. Once at the start: nothing of it is worked out at a verdict. */
export function corrected(profile: CertificateProfile, correction: ProfileCorrection & ResponderCorrection): CertificateProfile {
  const { extensions = {}, commonName = {}, subjectAltName, distributionPoint, ...values } = correction;
  const { subject, distributionPoint: point } = profile;
  const ofSubjectAltName: RuleCorrections = subjectAltName === undefined ? {} : { subjectAltName: { presence: 'optional' } };
  return {
    ...profile,
    extensions: correctedRules(profile.extensions, { ...extensions, ...ofSubjectAltName }),
    subject: subject?.map((rule) => (rule.type === oids.commonName ? correctedAttribute(rule, commonName) : rule)) ?? null,
    subjectAltName: subjectAltName ?? profile.subjectAltName,
    issuerAltName: values.issuerAltName ?? profile.issuerAltName,
    keyUsage: values.keyUsage ?? profile.keyUsage,
    policies: values.policies ?? profile.policies,
    practiceStatements: values.practiceStatements ?? profile.practiceStatements,
    extendedKeyUsage: values.extendedKeyUsage ?? profile.extendedKeyUsage,
    ocspUrl: values.ocspUrl ?? profile.ocspUrl,
    distributionPoint: point === null || distributionPoint === undefined ? point : { ...point, ...distributionPoint },
    authorityKeyIdentifier: values.authorityKeyIdentifier ?? profile.authorityKeyIdentifier,
    subjectKeyIdentifier: values.subjectKeyIdentifier ?? profile.subjectKeyIdentifier,
  };
}

function correctedAttribute(rule: AttributeRule, to: NonNullable<ProfileCorrection['commonName']>): AttributeRule {
  return { ...rule, form: to.form ?? rule.form, value: to.pattern ?? rule.value };
}

function correctedRules(rules: CertificateProfile['extensions'], corrections: RuleCorrections): CertificateProfile['extensions'] {
  const changed: Partial<Record<ExtensionName, ExtensionRule>> = { ...rules };
  for (const name of Object.keys(corrections) as ExtensionName[]) {
    const { presence = rules[name]?.presence ?? 'absent', critical: isCritical = rules[name]?.critical ?? 'no' } = corrections[name] ?? {};
    if (presence === 'absent') delete changed[name];
    else changed[name] = { presence, critical: isCritical };
  }
  return changed;
}

/** Lower-case hex; the same for two profiles that judge by the same facts, written in the same way. For the log of each part. */
export function profileSha256(profile: CertificateProfile): string {
  return sha256Hex(JSON.stringify(profile, (_key, value: unknown) => ordered(value)));
}

function ordered(value: unknown): unknown {
  if (value instanceof RegExp) return String(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
