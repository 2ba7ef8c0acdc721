// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2), on node:crypto. The key is read from
// an SPKI that our own reader has already measured.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Signed } from './certificate.js';

/**
 * `bits`: RSAPublicKey, the content of an SPKI's BIT STRING. Null when OpenSSL does not
 * take it. In this form a key costs 4 µs; as an SPKI, which goes through OpenSSL's
 * decoder framework, 140 µs.
 */
export function readKey(bits: Buffer): KeyObject | null {
  try {
    return createPublicKey({ key: bits, format: 'der', type: 'pkcs1' });
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
