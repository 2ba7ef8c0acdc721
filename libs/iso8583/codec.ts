// A message to bytes and back (ISO 8583:1987 §4; MTI two BCD bytes, binary bitmaps).
// It knows the table of fields and nothing of what a message means: `profile.ts` does.
import { err, ok, type Result } from '#libs/std/result.js';
import { decodeField, encodeField, type FieldFault } from './field-codec.js';
import { fields } from './fields.js';
import { maxFrameBytes } from './limits.js';
import type { FieldValue, Message } from './message.js';

export type CodecFault = {
  readonly code:
    FieldFault | 'bad-mti' | 'unsupported-field' | 'empty-secondary-bitmap' | 'mac-not-last' | 'trailing-bytes' | 'message-too-long';
  /** 0 when it is not about one data element. Never the data. */
  readonly field: number;
};

const mtiBytes = 2;
const bitmapBytes = 8;

export function encode(message: Message): Result<Buffer, CodecFault> {
  if (!/^\d{4}$/.test(message.mti)) return fault('bad-mti');
  const numbers = [...message.fields.keys()].toSorted((a, b) => a - b);
  const wrongMac = misplacedMac(numbers);
  if (wrongMac !== null) return fault('mac-not-last', wrongMac);
  const parts = [Buffer.from(message.mti, 'hex'), bitmap(numbers)];
  for (const number of numbers) {
    const field = fields.get(number);
    const value = message.fields.get(number);
    if (field === undefined || value === undefined) return fault('unsupported-field', number);
    const encoded = encodeField(field, value);
    if (!encoded.ok) return fault(encoded.error, number);
    parts.push(encoded.value);
  }
  const bytes = Buffer.concat(parts);
  return bytes.length > maxFrameBytes ? fault('message-too-long') : ok(bytes);
}

export function decode(bytes: Buffer): Result<Message, CodecFault> {
  if (bytes.length > maxFrameBytes) return fault('message-too-long');
  if (bytes.length < mtiBytes + bitmapBytes) return fault('short-data');
  const mti = bytes.toString('hex', 0, mtiBytes);
  if (!/^\d{4}$/.test(mti)) return fault('bad-mti');
  const present = readBitmap(bytes);
  if (!present.ok) return present;
  let offset = mtiBytes + present.value.bitmapLength;
  const decoded = new Map<number, FieldValue>();
  for (const number of present.value.numbers) {
    const field = fields.get(number);
    if (field === undefined) return fault('unsupported-field', number);
    const read = decodeField(field, bytes, offset);
    if (!read.ok) return fault(read.error, number);
    decoded.set(number, read.value.value);
    offset = read.value.next;
  }
  return offset === bytes.length ? ok({ mti, fields: decoded }) : fault('trailing-bytes');
}

function fault(code: CodecFault['code'], field = 0): { readonly ok: false; readonly error: CodecFault } {
  return err({ code, field });
}

/** DE64 ends a message of one bitmap, DE128 one of two: a MAC before other elements would not cover them. */
function misplacedMac(numbers: readonly number[]): number | null {
  return numbers.includes(64) && numbers.some((number) => number > 64) ? 64 : null;
}

function bitmap(numbers: readonly number[]): Buffer {
  const secondary = numbers.some((number) => number > 64);
  const bits = Buffer.alloc(secondary ? 2 * bitmapBytes : bitmapBytes);
  const set = (number: number): void => {
    const at = (number - 1) >> 3;
    if (at < bits.length) bits.writeUInt8(bits.readUInt8(at) | (0x80 >> ((number - 1) & 7)), at);
  };
  if (secondary) set(1);
  numbers.forEach(set);
  return bits;
}

type Present = { readonly numbers: readonly number[]; readonly bitmapLength: number };

function readBitmap(bytes: Buffer): Result<Present, CodecFault> {
  const secondary = (bytes.readUInt8(mtiBytes) & 0x80) !== 0;
  const bitmapLength = secondary ? 2 * bitmapBytes : bitmapBytes;
  if (bytes.length < mtiBytes + bitmapLength) return fault('short-data');
  const numbers: number[] = [];
  for (let number = 2; number <= bitmapLength * 8; number++) {
    const byte = bytes.readUInt8(mtiBytes + ((number - 1) >> 3));
    if ((byte & (0x80 >> ((number - 1) & 7))) !== 0) numbers.push(number);
  }
  if (secondary && !numbers.some((number) => number > 64)) return fault('empty-secondary-bitmap');
  const wrongMac = misplacedMac(numbers);
  if (wrongMac !== null) return fault('mac-not-last', wrongMac);
  return ok({ numbers, bitmapLength });
}
