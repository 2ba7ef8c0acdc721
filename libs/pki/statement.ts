// Who signed this statement: the card's certificate, its path to a pinned CA, and the
// card's RSASSA-PKCS1-v1_5 signature (RFC 8017 §8.2, SHA-256) over the statement.
// The numbers are those of README.md, "The verdict".
import { sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { readCertificate, type Certificate } from './certificate.js';
import { userAuthenticationProfile, type CertificateProfile } from './certificate-profile.js';
import { certificateMaxBytes, statementMaxBytes } from './limits.js';
import { findIssuer, isValidAt, isWithin, lastInstant } from './path.js';
import { findProfileFault } from './profile-fault.js';
import { refusal, type Refusal, type RefusalCode } from './refusal.js';
import { isSignedBy, readKey } from './signature.js';
import type { TrustAnchor, TrustAnchors } from './trust-list.js';

/** A certificate that this verdict found good, revocation aside. */
export type CardIdentity = {
  /** subjectKeyIdentifier of the issuing CA, 40 upper-case hex digits. */
  readonly caKeyId: string;
  /** Upper-case hex without leading zero octets. */
  readonly serial: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Lower-case hex. */
  readonly certificateSha256: string;
  readonly certificate: Certificate;
  readonly issuer: TrustAnchor;
};

export type CertificateInput = {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly anchors: TrustAnchors;
  readonly atMs: number;
  /** Absent: the user-authentication certificate of the reference. */
  readonly profile?: CertificateProfile;
};

export type StatementInput = CertificateInput & {
  /** The bytes as received. */
  readonly statement: Uint8Array;
  /** 256 bytes. */
  readonly signature: Uint8Array;
};

/** Steps 1 to 6. Says nothing about revocation. Errors: every code of the table but those about revocation. */
export function judgeStatement(input: StatementInput): Result<CardIdentity, Refusal> {
  const identity = judgeCertificate(input);
  if (!identity.ok) return identity;
  // 6. The card's own signature over the statement.
  if (input.statement.length > statementMaxBytes) return refuse('signature-wrong', 'statement-too-long');
  const signed = { bytes: Buffer.from(input.statement), signature: Buffer.from(input.signature) };
  if (!isSignedBy(readKey(identity.value.certificate.publicKey.bits), signed)) return refuse('signature-wrong', 'statement-signature');
  return identity;
}

/** Steps 1 to 5: for whoever holds a certificate but no statement yet, as the kiosk before the PIN (DESIGN §3, step 1). */
export function judgeCertificate(input: CertificateInput): Result<CardIdentity, Refusal> {
  // 1. The size, before anything is read.
  if (input.certificate.length > certificateMaxBytes) return refuse('certificate-malformed', 'certificate-too-long');
  // 2. Strict DER in the structure of the profile. A copy: the identity outlives the caller's buffer.
  const read = readCertificate(Buffer.from(input.certificate));
  if (!read.ok) return refuse('certificate-malformed', read.error);
  const certificate = read.value;
  // 3. The profile: purpose, key, names, extensions, length of the validity.
  const fault = findProfileFault(certificate, input.profile ?? userAuthenticationProfile);
  if (fault !== null) return refuse(fault.code, fault.reason);
  // 4. The pinned CA that signed it.
  const issuer = findIssuer(
    certificate,
    input.anchors.filter((anchor) => anchor.purpose === 'user-authentication'),
  );
  if (issuer === null) return refuse('issuer-unknown', 'no-path-to-trust-anchor');
  // 5. Both valid now, and the certificate never without its CA.
  if (!isValidAt(issuer, input.atMs)) return refuse('issuer-not-valid', 'issuer-validity');
  if (input.atMs < certificate.notBeforeMs) return refuse('certificate-not-yet-valid', 'not-before');
  if (input.atMs > lastInstant(certificate.notAfterMs)) return refuse('certificate-expired', 'not-after');
  if (!isWithin(certificate, issuer)) return refuse('certificate-outside-profile', 'validity-beyond-issuer');
  return ok(identify(certificate, issuer));
}

function identify(certificate: Certificate, issuer: TrustAnchor): CardIdentity {
  const { serial, notBeforeMs, notAfterMs } = certificate;
  return { caKeyId: issuer.keyId, serial, notBeforeMs, notAfterMs, certificateSha256: sha256Hex(certificate.der), certificate, issuer };
}

function refuse(code: RefusalCode, reason: string): Result<never, Refusal> {
  return err(refusal(code, reason));
}
