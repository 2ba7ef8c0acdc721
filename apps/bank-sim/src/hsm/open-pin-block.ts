// The way back from an ISO 9564-1 format 0 block to the PIN. It lives beside the security
// module and nowhere else.
import { xor } from '#libs/paycrypto/des.js';
import { panField, pinDigits } from '#libs/paycrypto/pin-block.js';
import { wipe } from '#libs/std/bytes.js';

const nibbles = 16;

/** ASCII digits to be wiped, or null when the clear block is not one of format 0 for this PAN. */
export function openPinBlock(clearBlock: Buffer, pan: string): Buffer | null {
  const field = xor(clearBlock, panField(pan));
  const length = field.readUInt8(0);
  const pin = Buffer.alloc(pinDigits.max);
  // Control nibble 0 in front of the length, digits, then F to the end.
  let good = length >= pinDigits.min && length <= pinDigits.max;
  for (let index = 2; index < nibbles; index++) {
    const byte = field.readUInt8(index >> 1);
    const nibble = index % 2 === 0 ? byte >> 4 : byte & 0x0f;
    if (index - 2 < length && index - 2 < pinDigits.max) {
      good &&= nibble <= 9;
      pin.writeUInt8(0x30 + nibble, index - 2);
    } else good &&= nibble === 0xf;
  }
  wipe(field);
  if (good) return pin.subarray(0, length);
  wipe(pin);
  return null;
}
