// How a bank checks a PIN that it does not store: the IBM 3624 method with PIN offset.
// The natural PIN comes from the account number under the PIN verification key (PVK); the
// offset is the difference to the PIN that the customer chose. Security modules only.
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import { tdesEncrypt } from './des.js';

export type NaturalPinInput = {
  /** 16 bytes. */
  readonly pvk: Buffer;
  /** 16 digits, one for each hex digit. */
  readonly decimalizationTable: string;
  /** 16 digits, here the whole PAN. */
  readonly validationData: string;
  readonly length: number;
};

/** ASCII digits. As secret as a PIN: wipe it. */
export function naturalPin(input: NaturalPinInput): Buffer {
  assert(/^\d{16}$/.test(input.decimalizationTable), 'decimalization-table');
  assert(/^\d{16}$/.test(input.validationData), 'validation-data');
  const cipher = tdesEncrypt(input.pvk, Buffer.from(input.validationData, 'hex'));
  const digits = Buffer.alloc(input.length);
  for (let index = 0; index < input.length; index++) {
    const byte = cipher.readUInt8(index >> 1);
    const nibble = index % 2 === 0 ? byte >> 4 : byte & 0x0f;
    digits.writeUInt8(input.decimalizationTable.charCodeAt(nibble), index);
  }
  wipe(cipher);
  return digits;
}

/** PIN minus natural PIN, digit by digit modulo ten. ASCII digits; the offset alone tells nothing. */
export function pinOffset(pin: Buffer, natural: Buffer): string {
  assert(pin.length === natural.length, 'pin-length');
  return Array.from(pin, (digit, index) => (digit - natural.readUInt8(index) + 10) % 10).join('');
}
