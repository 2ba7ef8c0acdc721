// The pinned CA certificates. All generations of a JPKI CA share one name
// (reference §10), so an issuer is chosen by signature, never by name; and the CA
// certificate on a card proves nothing, because it comes from the same card.
import type { KeyObject } from 'node:crypto';
import { err, type Result } from '#libs/std/result.js';
import { refusal, type Refusal } from './refusal.js';

export type TrustAnchor = {
  readonly der: Buffer;
  /** DER of the Name; issuer and subject are the same. */
  readonly nameDer: Buffer;
  /** subjectKeyIdentifier, 40 upper-case hex digits. */
  readonly keyId: string;
  readonly publicKey: KeyObject;
  /** The BIT STRING content of the SPKI: what OCSP hashes. */
  readonly publicKeyBits: Buffer;
  readonly purpose: 'user-authentication' | 'digital-signature';
  /** O of the name: `JPKI` is the real one, anything else a test. */
  readonly organization: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
};

export type TrustAnchors = readonly TrustAnchor[];

/** DER certificates of the CAs; every one has to pass. Errors: `trust-anchor-refused`. */
export function readTrustAnchors(ders: readonly Uint8Array[]): Result<TrustAnchors, Refusal> {
  return err(refusal('trust-anchor-refused', `under-construction-${ders.length}`));
}
