// Who signed this statement: the card's certificate, its path to a pinned CA, and the
// card's RSASSA-PKCS1-v1_5 signature (RFC 8017 §8.2, SHA-256) over the statement.
import { err, type Result } from '#libs/std/result.js';
import type { Certificate } from './certificate.js';
import { refusal, type Refusal } from './refusal.js';
import type { TrustAnchor, TrustAnchors } from './trust-list.js';

/** A certificate that this verdict found good, revocation aside. Only `judgeStatement` makes one. */
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

export type StatementInput = {
  /** The bytes as received. */
  readonly statement: Uint8Array;
  /** 256 bytes. */
  readonly signature: Uint8Array;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly anchors: TrustAnchors;
  readonly atMs: number;
};

/** Errors: every code of the table but the three about revocation. Does not ask about revocation. */
export function judgeStatement(input: StatementInput): Result<CardIdentity, Refusal> {
  return err(refusal('certificate-malformed', `under-construction-${input.atMs}`));
}
