// One ISO 8583 message in memory, whatever it means: an MTI and data elements.
// Numbers and text are strings (digits as written, `C…`/`D…` for xn), b and tlv are Buffers.
import { assert } from '#libs/std/assert.js';

export type FieldValue = string | Buffer;
export type Message = { readonly mti: string; readonly fields: ReadonlyMap<number, FieldValue> };

/** Undefined values are left out, so an optional element can be written in place. */
export function message(mti: string, values: Readonly<Record<number, FieldValue | undefined>>): Message {
  const fields = new Map<number, FieldValue>();
  for (const [number, value] of Object.entries(values)) {
    if (value !== undefined) fields.set(Number(number), value);
  }
  return { mti, fields };
}

/** Null when absent. */
export function findText(from: Message, number: number): string | null {
  const value = from.fields.get(number);
  return typeof value === 'string' ? value : null;
}

/** Null when absent. */
export function findBytes(from: Message, number: number): Buffer | null {
  const value = from.fields.get(number);
  return Buffer.isBuffer(value) ? value : null;
}

/** For elements that the profile has already shown to be there. */
export function getText(from: Message, number: number): string {
  const value = findText(from, number);
  assert(value !== null, `no-text-in-de${number}`);
  return value;
}

/** For elements that the profile has already shown to be there. */
export function getBytes(from: Message, number: number): Buffer {
  const value = findBytes(from, number);
  assert(value !== null, `no-bytes-in-de${number}`);
  return value;
}
