// Triple DES in the one mode that DUKPT, PIN blocks and IBM 3624 need (ANSI X9.24-1:2009,
// FIPS 46-3): whole blocks, ECB, no padding, double-length keys.
// Node on OpenSSL 3 has no single DES; two-key triple DES with K‖K is single DES.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { equalBytes } from '#libs/std/bytes.js';

export const desBlockBytes = 8;
export const doubleLengthKeyBytes = 16;

const algorithm = 'des-ede';

/** `key` 16 bytes, `data` a multiple of 8 bytes. */
export function tdesEncrypt(key: Buffer, data: Buffer): Buffer {
  checkSizes(key, data);
  const cipher = createCipheriv(algorithm, key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

/** `key` 16 bytes, `data` a multiple of 8 bytes. */
export function tdesDecrypt(key: Buffer, data: Buffer): Buffer {
  checkSizes(key, data);
  const decipher = createDecipheriv(algorithm, key, null).setAutoPadding(false);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** Single DES of one block: `key` and `block` 8 bytes each. */
export function desEncrypt(key: Buffer, block: Buffer): Buffer {
  const doubled = Buffer.concat([key, key]);
  try {
    return tdesEncrypt(doubled, block);
  } finally {
    doubled.fill(0);
  }
}

/** Equal lengths; a new buffer. */
export function xor(a: Buffer, b: Buffer): Buffer {
  assert(a.length === b.length, 'xor-of-different-lengths');
  return Buffer.from(a.map((byte, index) => byte ^ b.readUInt8(index)));
}

/** The first three bytes of a zero block under the key: what may be shown of a key (X9.24-1 §7.5). */
export function keyCheckValue(key: Buffer): Buffer {
  return tdesEncrypt(key, Buffer.alloc(desBlockBytes)).subarray(0, 3);
}

function checkSizes(key: Buffer, data: Buffer): void {
  assert(key.length === doubleLengthKeyBytes, 'tdes-key-not-double-length');
  assert(data.length % desBlockBytes === 0, 'tdes-data-not-whole-blocks');
}

/** Two equal halves make triple DES single DES: no key of ours may be like that. */
export function isWeakDoubleLengthKey(key: Buffer): boolean {
  return equalBytes(key.subarray(0, desBlockBytes), key.subarray(desBlockBytes));
}
