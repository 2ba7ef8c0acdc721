// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2), on node:crypto. The key is read from
// an SPKI that our own reader has already measured.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Signed } from './certificate.js';

/** Null when OpenSSL does not take the key. */
export function readKey(spkiDer: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: spkiDer, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}

/** The signature has to be as long as the modulus (RFC 8017 §8.2.2 step 1). */
export function isSignedBy(key: KeyObject | null, signed: Signed): boolean {
  if (key === null || signed.signature.length * 8 !== key.asymmetricKeyDetails?.modulusLength) return false;
  try {
    return verify('sha256', signed.bytes, key, signed.signature);
  } catch {
    return false;
  }
}
