// The PIN block of ISO 9564-1 format 0: `0|length|PIN|F…` xor `0000|12 digits of the PAN`.
// Only the way in is here. The way out belongs to the bank's security module alone.
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import { desBlockBytes, xor } from './des.js';

/** ISO 9564-1 §9.1: between four and twelve digits. */
export const pinDigits = { min: 4, max: 12 } as const;

/**
 * `pin` ASCII digits in a Buffer that the caller wipes; `pan` the whole account number
 * with its check digit, at least 13 digits. The clear block must be enciphered and wiped.
 */
export function encodePinBlock(pin: Buffer, pan: string): Buffer {
  assert(pin.length >= pinDigits.min && pin.length <= pinDigits.max, 'pin-length');
  const field = Buffer.alloc(desBlockBytes, 0xff);
  field.writeUInt8(pin.length, 0);
  pin.forEach((character, index) => {
    assert(character >= 0x30 && character <= 0x39, 'pin-not-digits');
    setNibble(field, index + 2, character - 0x30);
  });
  const block = xor(field, panField(pan));
  wipe(field);
  return block;
}

/** `0000` and the twelve rightmost digits of the PAN without its check digit. */
export function panField(pan: string): Buffer {
  assert(/^\d{13,19}$/.test(pan), 'pan-not-13-to-19-digits');
  return Buffer.from(`0000${pan.slice(-13, -1)}`, 'hex');
}

function setNibble(bytes: Buffer, index: number, value: number): void {
  const at = index >> 1;
  const old = bytes.readUInt8(at);
  bytes.writeUInt8(index % 2 === 0 ? (value << 4) | (old & 0x0f) : (old & 0xf0) | value, at);
}
