// Was the certificate revoked? RFC 6960, asked about exactly one certificate. The
// numbers are those of README.md, "The verdict". Everything that proves nothing is
// "cannot tell": it issues nothing and charges nothing.
import { createHash } from 'node:crypto';
import { equalBytes, sha256Hex, toHex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { ocspResponderProfile, type CertificateProfile } from './certificate-profile.js';
import type { Certificate } from './certificate.js';
import { clockSkewMs, ocspMaxAgeMs, ocspResponseMaxBytes, responderWithoutNocheckMaxValidityMs } from './limits.js';
import { certIdOf, sameCertId, writeOcspRequest, type CertIdHash } from './ocsp-request.js';
import { outageRefusal, type OcspRefusal } from './ocsp-outage.js';
import { readOcspResponse, type BasicOcspResponse, type ResponderId } from './ocsp-response.js';
import { findIssuer, isValidAt, isWithin, lastInstant } from './path.js';
import { findProfileFault } from './profile-fault.js';
import { refusal, type RefusalCode } from './refusal.js';
import { isSignedBy, readKey } from './signature.js';
import type { CardIdentity } from './statement.js';
import type { TrustAnchor } from './trust-list.js';

export type OcspPolicy = {
  /** Hash of the CertID. SHA-1 is what every responder understands (RFC 5019 §2.1.1). */
  readonly certIdHash: CertIdHash;
  /** `accepted`: an answer without a nonce passes; one with another's never does. */
  readonly nonce: 'required' | 'accepted';
  /** id-pkix-ocsp-nocheck in a delegated responder certificate. `optional`: one without it passes if it is short-lived. */
  readonly responderNocheck: 'required' | 'optional';
  readonly responderProfile: CertificateProfile;
  readonly maxAgeMs: number;
  readonly skewMs: number;
};

/** Nothing of JPKI's responder is public (reference §11): these are configuration, not facts. */
export const defaultOcspPolicy: OcspPolicy = {
  certIdHash: 'sha1',
  nonce: 'required',
  responderNocheck: 'required',
  responderProfile: ocspResponderProfile,
  maxAgeMs: ocspMaxAgeMs,
  skewMs: clockSkewMs,
};

/** "Not revoked at `thisUpdateMs`", and what says so. */
export type RevocationEvidence = {
  readonly source: 'ocsp' | 'crl';
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number | null;
  /** Lower-case hex, of the OCSP response or CRL. */
  readonly evidenceSha256: string;
  /** The OCSP response as received; null for a CRL. */
  readonly evidence: Buffer | null;
};

/** All that a question about a certificate needs of it. */
export type OcspSubject = Pick<CardIdentity, 'issuer' | 'serial'>;

export type OcspInput = {
  readonly identity: OcspSubject;
  /** DER of the OCSPResponse. */
  readonly response: Uint8Array;
  /** The one that was sent, or null when none was. */
  readonly nonce: Uint8Array | null;
  readonly policy: OcspPolicy;
  readonly atMs: number;
};

/** DER of an OCSPRequest for this certificate; `application/ocsp-request`. */
export function buildOcspRequest(identity: OcspSubject, nonce: Uint8Array | null, policy: OcspPolicy = defaultOcspPolicy): Buffer {
  return writeOcspRequest(certIdOf(identity, policy.certIdHash), nonce);
}

/** Steps 7 to 12. Errors: `certificate-revoked`, `certificate-unknown`, and `revocation-unknown` for everything that proves nothing. */
export function judgeOcsp(input: OcspInput): Result<RevocationEvidence, OcspRefusal> {
  const { identity, policy } = input;
  // 7. Strict DER in the structure of the profile, a successful answer.
  if (input.response.length > ocspResponseMaxBytes) return cannotTell('ocsp-response-too-long');
  const evidence = Buffer.from(input.response);
  const read = readOcspResponse(evidence);
  if (!read.ok) return cannotTell(read.error);
  if (read.value.status !== 'successful') return err(outageRefusal(read.value.status));
  const answer = read.value.basic;
  // 8. Signed by the CA of the certificate, or by a responder that this CA authorised.
  const signerFault = findSignerFault(answer, input);
  if (signerFault !== null) return cannotTell(signerFault);
  // 9. About exactly this certificate.
  if (!sameCertId(answer.certId, certIdOf(identity, policy.certIdHash))) return cannotTell('ocsp-other-certificate');
  // 10. An answer to this question.
  const nonceFault = findNonceFault(answer.nonce, input);
  if (nonceFault !== null) return cannotTell(nonceFault);
  const { thisUpdateMs, nextUpdateMs, certStatus } = answer;
  // 11. Revoked is final, whatever its age: a revocation is never taken back here, a hold neither.
  if (certStatus.status === 'revoked') {
    return refuse('certificate-revoked', `revoked-${kebab(certStatus.reason ?? 'unspecified')}`);
  }
  // 12. Fresh, and what it says.
  const timeFault = findTimeFault(answer, input);
  if (timeFault !== null) return cannotTell(timeFault);
  if (certStatus.status === 'unknown') return refuse('certificate-unknown', 'ocsp-status-unknown');
  return ok({ source: 'ocsp', thisUpdateMs, nextUpdateMs, evidenceSha256: sha256Hex(evidence), evidence });
}

function refuse(code: RefusalCode, reason: string): Result<never, OcspRefusal> {
  return err({ ...refusal(code, reason), outage: null });
}

function cannotTell(reason: string): Result<never, OcspRefusal> {
  return refuse('revocation-unknown', reason);
}

export function kebab(reason: string): string {
  return reason.replaceAll(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`);
}

function findSignerFault(answer: BasicOcspResponse, { identity: { issuer }, policy, atMs }: OcspInput): string | null {
  // Also when a responder signed: its certificate is nothing but the CA's word, and after its end nobody answers for that word.
  if (!isValidAt(issuer, atMs)) return 'issuer-validity';
  const { certificate, responderId } = answer;
  if (certificate === null) {
    const named = isResponder(responderId, { nameDer: issuer.name.der, keyBits: issuer.publicKeyBits });
    return named && isSignedBy(issuer.publicKey, answer.signed) ? null : 'ocsp-signer';
  }
  const responderFault = findResponderFault(certificate, { issuer, policy, atMs });
  if (responderFault !== null) return responderFault;
  const named = isResponder(responderId, { nameDer: certificate.subject.der, keyBits: certificate.publicKey.bits });
  return named && isSignedBy(readKey(certificate.publicKey.bits), answer.signed) ? null : 'ocsp-signer';
}

/**
 * RFC 6960 §4.2.2.2: issued by the very CA whose certificate is asked about. Valid now, because under ocsp-nocheck nobody asks
 * whether it was revoked: its end is the only way in which the CA ever takes the delegation back. And inside the validity of
 * the CA, as everything that the CA issues: otherwise a key handed out before or kept after the CA's time could say "good".
 */
function findResponderFault(responder: Certificate, at: { issuer: TrustAnchor; policy: OcspPolicy; atMs: number }): string | null {
  const fault = findProfileFault(responder, at.policy.responderProfile);
  if (fault !== null) return `ocsp-responder-${fault.reason}`;
  const nocheck = responder.extensions.values.ocspNocheck === true;
  const isShortLived = responder.notAfterMs - responder.notBeforeMs <= responderWithoutNocheckMaxValidityMs;
  if (!nocheck && (at.policy.responderNocheck === 'required' || !isShortLived)) return 'ocsp-responder-nocheck';
  if (findIssuer(responder, [at.issuer]) === null) return 'ocsp-responder-issuer';
  if (!isValidAt(responder, at.atMs)) return 'ocsp-responder-validity';
  return isWithin(responder, at.issuer) ? null : 'ocsp-responder-validity-beyond-issuer';
}

function isResponder(id: ResponderId, signer: { nameDer: Buffer; keyBits: Buffer }): boolean {
  if (id.by === 'name') return equalBytes(id.der, signer.nameDer);
  return id.keyHash === toHex(createHash('sha1').update(signer.keyBits).digest());
}

function findNonceFault(answered: Buffer | null, { nonce, policy }: OcspInput): string | null {
  if (answered === null) return policy.nonce === 'accepted' ? null : 'ocsp-nonce-missing';
  return nonce !== null && equalBytes(answered, nonce) ? null : 'ocsp-nonce-other';
}

function findTimeFault(answer: BasicOcspResponse, { identity, policy, atMs }: OcspInput): string | null {
  const { thisUpdateMs, nextUpdateMs, producedAtMs } = answer;
  if (thisUpdateMs > atMs + policy.skewMs || producedAtMs > atMs + policy.skewMs) return 'ocsp-from-the-future';
  if (thisUpdateMs < atMs - policy.maxAgeMs) return 'ocsp-too-old';
  if (producedAtMs < thisUpdateMs) return 'ocsp-produced-before-update';
  // Who was not yet, or is no longer, allowed to speak at a moment says nothing about it.
  const signer = answer.certificate ?? identity.issuer;
  if (!isValidAt(signer, thisUpdateMs) || !isValidAt(signer, producedAtMs)) return 'ocsp-outside-signer-validity';
  if (nextUpdateMs !== null && (nextUpdateMs < thisUpdateMs || lastInstant(nextUpdateMs) < atMs)) return 'ocsp-next-update-passed';
  return null;
}
