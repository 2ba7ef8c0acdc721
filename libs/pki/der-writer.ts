// Writes DER. Small, because structures are written as they read in the RFC:
// sequence(oid('1.2.840.113549.1.1.11'), nothing()).
import { tag } from './der.js';
import { writeTimeDigits } from './der-time.js';

export function element(tagOctet: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([header(tagOctet, length), ...parts]);
}

function header(tagOctet: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tagOctet, length]);
  const octets = length < 0x100 ? 1 : length < 0x10000 ? 2 : length < 0x1000000 ? 3 : 4;
  const bytes = Buffer.alloc(2 + octets);
  bytes[0] = tagOctet;
  bytes[1] = 0x80 | octets;
  bytes.writeUIntBE(length, 2, octets);
  return bytes;
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(tag.sequence, ...parts);
export const setOf = (part: Uint8Array): Buffer => element(tag.set, part);
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Buffer => element(tag.contextConstructed(n), ...parts);
export const octetString = (bytes: Uint8Array): Buffer => element(tag.octetString, bytes);
export const octetsAsBits = (bytes: Uint8Array): Buffer => element(tag.bitString, Buffer.of(0), bytes);
export const nullValue = (): Buffer => element(tag.null);
export const booleanTrue = (): Buffer => element(tag.boolean, Buffer.of(0xff));
export const enumerated = (value: number): Buffer => element(tag.enumerated, Buffer.of(value));
export const utf8String = (text: string): Buffer => element(tag.utf8String, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Buffer => element(tag.printableString, Buffer.from(text, 'latin1'));
export const ia5String = (text: string): Buffer => element(tag.ia5String, Buffer.from(text, 'latin1'));
export const generalizedTime = (timeMs: number): Buffer => element(tag.generalizedTime, Buffer.from(writeTimeDigits(timeMs), 'latin1'));

/** From a magnitude, big-endian. */
export function unsignedInteger(magnitude: Uint8Array): Buffer {
  let start = 0;
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++;
  const digits = magnitude.subarray(start);
  return (digits[0] ?? 0) >= 0x80 ? element(tag.integer, Buffer.of(0), digits) : element(tag.integer, digits);
}

export const smallInteger = (value: number): Buffer => element(tag.integer, Buffer.of(value));

export function time(timeMs: number): Buffer {
  const digits = writeTimeDigits(timeMs);
  return timeMs < Date.UTC(2050, 0)
    ? element(tag.utcTime, Buffer.from(digits.slice(2), 'latin1'))
    : element(tag.generalizedTime, Buffer.from(digits, 'latin1'));
}

/** From dotted decimal. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(tag.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const octets = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift(0x80 | (left % 128));
  return octets;
}

/** Positions of set bits, without trailing zero bits (X.690 §11.2.2). */
export function namedBits(positions: readonly number[]): Buffer {
  const highest = Math.max(...positions);
  const octets = Buffer.alloc((highest >> 3) + 1);
  for (const bit of positions) octets[bit >> 3] = (octets[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return element(tag.bitString, Buffer.of(7 - (highest & 7)), octets);
}
