// Bytes as every other library here handles them.
import { createHash, timingSafeEqual } from 'node:crypto';

/** Upper-case hex without separators, as the standards print it. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

/** Null when the text is not an even number of hex digits. White space is ignored. */
export function fromHex(text: string): Buffer | null {
  const digits = text.replace(/\s+/g, '');
  return /^(?:[0-9a-fA-F]{2})*$/.test(digits) ? Buffer.from(digits, 'hex') : null;
}

export function sha256(bytes: Uint8Array | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Lower-case hex, the form of every `…Sha256` field between our parties. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return sha256(bytes).toString('hex');
}

/** Constant in time for equal lengths. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Overwrites a secret. The garbage collector may still hold copies that others made. */
export function wipe(secret: Uint8Array): void {
  secret.fill(0);
}
