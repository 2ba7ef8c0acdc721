// One data element to bytes and back (ISO 8583:1987 §4, binary variant), strictly: what
// the encoder would not write, the decoder does not read.
import { BrokenInvariant } from '#libs/std/assert.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { hasUniqueTags } from './icc-data.js';
import type { Field, FieldFormat } from './fields.js';
import type { FieldValue } from './message.js';

export type FieldFault =
  'short-data' | 'bad-digit' | 'bad-padding' | 'bad-character' | 'wrong-length' | 'too-long' | 'bad-tlv' | 'wrong-type';

const characters: Record<FieldFormat, RegExp> = {
  n: /^\d*$/,
  z: /^[\dD]*$/,
  an: /^[A-Za-z0-9]*$/,
  ans: /^[\x20-\x7e]*$/,
  xn: /^[CD]\d*$/,
  b: /^$/,
  tlv: /^$/,
};

export function encodeField(field: Field, value: FieldValue): Result<Buffer, FieldFault> {
  const binary = field.format === 'b' || field.format === 'tlv';
  if (binary !== Buffer.isBuffer(value)) return err('wrong-type');
  if (typeof value === 'string' && !characters[field.format].test(value)) return err('bad-character');
  if (Buffer.isBuffer(value) && field.format === 'tlv' && !hasUniqueTags(value)) return err('bad-tlv');
  const count = field.format === 'xn' ? value.length - 1 : value.length;
  const prefix = lengthPrefix(field, count);
  if (!prefix.ok) return prefix;
  return ok(Buffer.concat([prefix.value, content(field, value)]));
}

function lengthPrefix(field: Field, count: number): Result<Buffer, FieldFault> {
  if ('fixed' in field.length) return count === field.length.fixed ? ok(Buffer.alloc(0)) : err('wrong-length');
  const [maximum, digits] = 'll' in field.length ? [field.length.ll, 2] : [field.length.lll, 4];
  if (count > maximum) return err('too-long');
  if (count === 0) return err('wrong-length');
  return ok(Buffer.from(String(count).padStart(digits, '0'), 'hex'));
}

function content(field: Field, value: FieldValue): Buffer {
  if (Buffer.isBuffer(value)) return value;
  switch (field.format) {
    case 'an':
    case 'ans':
      return Buffer.from(value, 'latin1');
    case 'xn':
      return Buffer.concat([Buffer.from(value.slice(0, 1), 'latin1'), Buffer.from(value.slice(1), 'hex')]);
    case 'n':
    case 'z':
      return Buffer.from(padded(field, value), 'hex');
    case 'b':
    case 'tlv':
      throw new BrokenInvariant('text-in-binary-field');
  }
}

/** Fixed odd lengths are right-justified, variable ones left-justified. */
function padded(field: Field, digits: string): string {
  if (digits.length % 2 === 0) return digits;
  return 'fixed' in field.length ? `0${digits}` : `${digits}0`;
}

export type Decoded = { readonly value: FieldValue; readonly next: number };

/** Reads one element at `offset`; `next` is where the following one begins. */
export function decodeField(field: Field, bytes: Buffer, offset: number): Result<Decoded, FieldFault> {
  const count = readLength(field, bytes, offset);
  if (!count.ok) return count;
  const start = offset + prefixBytes(field);
  const end = start + contentBytes(field.format, count.value);
  if (end > bytes.length) return err('short-data');
  const value = readContent(field, bytes.subarray(start, end), count.value);
  return value.ok ? ok({ value: value.value, next: end }) : value;
}

function prefixBytes(field: Field): number {
  if ('fixed' in field.length) return 0;
  return 'll' in field.length ? 1 : 2;
}

function readLength(field: Field, bytes: Buffer, offset: number): Result<number, FieldFault> {
  if ('fixed' in field.length) return ok(field.length.fixed);
  const width = prefixBytes(field);
  if (offset + width > bytes.length) return err('short-data');
  const digits = bytes.toString('hex', offset, offset + width);
  if (!/^\d+$/.test(digits)) return err('bad-digit');
  const count = Number(digits);
  if (count > ('ll' in field.length ? field.length.ll : field.length.lll)) return err('too-long');
  return count === 0 ? err('wrong-length') : ok(count);
}

function contentBytes(format: FieldFormat, count: number): number {
  if (format === 'n' || format === 'z') return Math.ceil(count / 2);
  return format === 'xn' ? 1 + count / 2 : count;
}

function readContent(field: Field, bytes: Buffer, count: number): Result<FieldValue, FieldFault> {
  switch (field.format) {
    case 'b':
      return ok(Buffer.from(bytes));
    case 'tlv':
      return hasUniqueTags(bytes) ? ok(Buffer.from(bytes)) : err('bad-tlv');
    case 'an':
    case 'ans': {
      const text = bytes.toString('latin1');
      return characters[field.format].test(text) ? ok(text) : err('bad-character');
    }
    case 'xn': {
      const text = bytes.toString('latin1', 0, 1) + bytes.toString('hex', 1);
      return characters.xn.test(text) ? ok(text) : err('bad-character');
    }
    case 'n':
    case 'z':
      return readDigits(field, bytes, count);
  }
}

function readDigits(field: Field, bytes: Buffer, count: number): Result<string, FieldFault> {
  const nibbles = bytes.toString('hex').toUpperCase();
  const left = 'fixed' in field.length;
  const digits = left ? nibbles.slice(nibbles.length - count) : nibbles.slice(0, count);
  const padding = left ? nibbles.slice(0, nibbles.length - count) : nibbles.slice(count);
  if (!/^0?$/.test(padding)) return err('bad-padding');
  return characters[field.format].test(digits) ? ok(digits) : err('bad-digit');
}
