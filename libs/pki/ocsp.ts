// Was the certificate revoked? RFC 6960 asked about exactly one certificate.
import { err, type Result } from '#libs/std/result.js';
import { clockSkewMs, ocspMaxAgeMs } from './limits.js';
import { refusal, type Refusal } from './refusal.js';
import type { CardIdentity } from './statement.js';

export type OcspPolicy = {
  /** Hash of the CertID. SHA-1 is what every responder understands (RFC 5019 §2.1.1). */
  readonly certIdHash: 'sha1' | 'sha256';
  /** `accepted`: an answer without a nonce passes; one with another's never does. */
  readonly nonce: 'required' | 'accepted';
  /** id-pkix-ocsp-nocheck in a delegated responder certificate. `optional` rests on short-lived responder certificates. */
  readonly responderNocheck: 'required' | 'optional';
  readonly maxAgeMs: number;
  readonly skewMs: number;
};

/** Nothing of JPKI's responder is public (reference §11): these are configuration, not facts. */
export const defaultOcspPolicy: OcspPolicy = {
  certIdHash: 'sha1',
  nonce: 'required',
  responderNocheck: 'required',
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

export type OcspInput = {
  readonly identity: CardIdentity;
  /** DER of the OCSPResponse. */
  readonly response: Uint8Array;
  /** The one that was sent, or null when none was. */
  readonly nonce: Uint8Array | null;
  readonly policy: OcspPolicy;
  readonly atMs: number;
};

/** DER of an OCSPRequest for this certificate; `application/ocsp-request`. Uses `policy.certIdHash`. */
export function buildOcspRequest(identity: CardIdentity, nonce: Uint8Array | null, policy: OcspPolicy = defaultOcspPolicy): Buffer {
  return Buffer.from(`${identity.serial}${nonce?.length}${policy.certIdHash}`);
}

/** Errors: `certificate-revoked`, `certificate-unknown`, and `revocation-unknown` for everything that proves nothing. */
export function judgeOcsp(input: OcspInput): Result<RevocationEvidence, Refusal> {
  return err(refusal('revocation-unknown', `under-construction-${input.atMs}`));
}
