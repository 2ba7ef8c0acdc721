// Derived unique key per transaction, triple DES (ANSI X9.24-1:2009 Annex A). A key serial
// number (KSN) has 59 bits that name the pad and a counter of 21 bits; each value of the
// counter yields a key that cannot be found from any later one.
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import { desBlockBytes, desEncrypt, tdesEncrypt, xor } from './des.js';

export const ksnBytes = 10;
export const counterBits = 21;
const counterMask = 2 ** counterBits - 1;
const variantC0 = Buffer.from('C0C0C0C000000000C0C0C0C000000000', 'hex');
const variantPin = Buffer.from('00000000000000FF00000000000000FF', 'hex');

/** The pad's own key, from the base derivation key of its bank (BDK) and any KSN of the pad. */
export function deriveInitialKey(bdk: Buffer, ksn: Buffer): Buffer {
  const name = withCounter(ksn, 0).subarray(0, desBlockBytes);
  const variant = xor(bdk, variantC0);
  const key = Buffer.concat([tdesEncrypt(bdk, name), tdesEncrypt(variant, name)]);
  wipe(variant);
  return key;
}

/** The key of exactly this KSN, 16 bytes. Wipe it after use. */
export function deriveTransactionKey(initialKey: Buffer, ksn: Buffer): Buffer {
  const counter = counterOf(ksn);
  let key: Buffer = Buffer.from(initialKey);
  let taken = 0;
  for (let bit = 2 ** (counterBits - 1); bit > 0; bit >>= 1) {
    if ((counter & bit) === 0) continue;
    taken |= bit;
    const next = nonReversible(key, withCounter(ksn, taken).subarray(ksnBytes - desBlockBytes));
    wipe(key);
    key = next;
  }
  return key;
}

/** The variant of a transaction key that enciphers PIN blocks, and nothing else. */
export function pinEncipheringKey(transactionKey: Buffer): Buffer {
  return xor(transactionKey, variantPin);
}

export function counterOf(ksn: Buffer): number {
  assert(ksn.length === ksnBytes, 'ksn-length');
  return ksn.readUInt32BE(ksnBytes - 4) & counterMask;
}

/** The same pad's KSN at another counter value. */
export function withCounter(ksn: Buffer, counter: number): Buffer {
  assert(ksn.length === ksnBytes, 'ksn-length');
  assert(counter >= 0 && counter <= counterMask, 'ksn-counter-range');
  const out = Buffer.from(ksn);
  const low = out.readUInt32BE(ksnBytes - 4);
  out.writeUInt32BE(((low & ~counterMask) | counter) >>> 0, ksnBytes - 4);
  return out;
}

/** X9.24-1 Annex A "Non-reversible Key Generation Process". */
function nonReversible(key: Buffer, register: Buffer): Buffer {
  const variant = xor(key, variantC0);
  const next = Buffer.concat([half(variant, register), half(key, register)]);
  wipe(variant);
  return next;
}

function half(key: Buffer, register: Buffer): Buffer {
  const left = key.subarray(0, desBlockBytes);
  const right = key.subarray(desBlockBytes);
  return xor(desEncrypt(left, xor(register, right)), right);
}
