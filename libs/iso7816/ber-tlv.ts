// BER-TLV data objects as cards use them: ISO/IEC 7816-4:2013 clause 5.2.2 (ISO/IEC
// 8825-1 with definite lengths). Truncated objects, indefinite lengths and bytes left
// over are refused. Lengths longer than needed (81 05) are legal on cards and accepted.
import { assert } from '#libs/std/assert.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type Tlv = {
  /** The tag field read as one big-endian number: 0x4F, 0x9F26, 0xBF0C. */
  readonly tag: number;
  readonly constructed: boolean;
  /** A view of the bytes given. */
  readonly value: Buffer;
};

export type TlvFault = {
  readonly code:
    | 'tlv-truncated'
    | 'tlv-indefinite-length'
    | 'tlv-length-too-long'
    | 'tlv-tag-malformed'
    | 'tlv-trailing-bytes'
    | 'tlv-not-constructed'
    | 'tlv-too-deep';
  /** Offset from the start of the bytes given to the function that failed. */
  readonly offset: number;
};

/** `zeros` skips 00 bytes before, between and after objects, as EMV Book 3 Annex B1 allows. */
export type TlvPadding = 'refuse' | 'zeros';

/** One tag field at `offset`; used for data object lists too, which have tags and lengths but no values. */
export function parseTag(bytes: Uint8Array, offset: number): Result<{ tag: number; next: number }, TlvFault> {
  const first = bytes[offset];
  if (first === undefined) return err({ code: 'tlv-truncated', offset });
  if (first === 0x00) return err({ code: 'tlv-tag-malformed', offset });
  if ((first & 0x1f) !== 0x1f) return ok({ tag: first, next: offset + 1 });
  let tag = first;
  for (let at = offset + 1; at < offset + limits.tagBytes; at++) {
    const byte = bytes[at];
    if (byte === undefined) return err({ code: 'tlv-truncated', offset: at });
    // A leading group of zero bits is not a tag of the shortest form (8825-1, 8.1.2.4.2).
    if (at === offset + 1 && byte === 0x80) return err({ code: 'tlv-tag-malformed', offset });
    tag = tag * 0x100 + byte;
    if ((byte & 0x80) === 0) return ok({ tag, next: at + 1 });
  }
  return err({ code: 'tlv-tag-malformed', offset });
}

function parseLength(bytes: Uint8Array, offset: number): Result<{ length: number; next: number }, TlvFault> {
  const first = bytes[offset];
  if (first === undefined) return err({ code: 'tlv-truncated', offset });
  if (first < 0x80) return ok({ length: first, next: offset + 1 });
  if (first === 0x80) return err({ code: 'tlv-indefinite-length', offset });
  const count = first & 0x7f;
  if (count > limits.lengthBytes) return err({ code: 'tlv-length-too-long', offset });
  let length = 0;
  for (let at = offset + 1; at <= offset + count; at++) {
    const byte = bytes[at];
    if (byte === undefined) return err({ code: 'tlv-truncated', offset: at });
    length = length * 0x100 + byte;
  }
  return ok({ length, next: offset + 1 + count });
}

/** The object at the start, and the bytes behind it (for files that end in filler). */
export function parseFirstTlv(bytes: Uint8Array): Result<{ tlv: Tlv; rest: Buffer }, TlvFault> {
  const parsed = parseAt(bytes, 0);
  if (!parsed.ok) return parsed;
  return ok({ tlv: parsed.value.tlv, rest: viewOf(bytes).subarray(parsed.value.next) });
}

/** Exactly one object. */
export function parseTlv(bytes: Uint8Array): Result<Tlv, TlvFault> {
  const parsed = parseAt(bytes, 0);
  if (!parsed.ok) return parsed;
  if (parsed.value.next !== bytes.length) return err({ code: 'tlv-trailing-bytes', offset: parsed.value.next });
  return ok(parsed.value.tlv);
}

/** A whole string of objects, one level deep. Constructed values are opened with `childrenOf`. */
export function parseTlvs(bytes: Uint8Array, padding: TlvPadding = 'refuse'): Result<readonly Tlv[], TlvFault> {
  const objects: Tlv[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (padding === 'zeros' && bytes[at] === 0x00) {
      at++;
      continue;
    }
    const parsed = parseAt(bytes, at);
    if (!parsed.ok) return parsed;
    objects.push(parsed.value.tlv);
    at = parsed.value.next;
  }
  return ok(objects);
}

export function childrenOf(tlv: Tlv, padding: TlvPadding = 'refuse'): Result<readonly Tlv[], TlvFault> {
  return tlv.constructed ? parseTlvs(tlv.value, padding) : err({ code: 'tlv-not-constructed', offset: 0 });
}

/** Depth first, the first object with this tag; null when there is none, an error when a template is malformed. */
export function findTlv(objects: readonly Tlv[], tag: number, padding: TlvPadding = 'refuse'): Result<Tlv | null, TlvFault> {
  return findAtDepth(objects, { tag, padding, depth: 0 });
}

function findAtDepth(objects: readonly Tlv[], sought: { tag: number; padding: TlvPadding; depth: number }): Result<Tlv | null, TlvFault> {
  if (sought.depth > limits.tlvDepth) return err({ code: 'tlv-too-deep', offset: 0 });
  for (const object of objects) {
    if (object.tag === sought.tag) return ok(object);
    if (!object.constructed) continue;
    const children = childrenOf(object, sought.padding);
    if (!children.ok) return children;
    const found = findAtDepth(children.value, { ...sought, depth: sought.depth + 1 });
    if (!found.ok || found.value !== null) return found;
  }
  return ok(null);
}

/** Shortest length form. Asserts that `tag` is one. */
export function encodeTlv(tag: number, value: Uint8Array): Buffer {
  const tagField = Buffer.from(minimalBytes(tag));
  const parsed = parseTag(tagField, 0);
  assert(parsed.ok && parsed.value.next === tagField.length, 'not a BER-TLV tag');
  const length = value.length < 0x80 ? [value.length] : minimalBytes(value.length);
  const lengthField = value.length < 0x80 ? length : [0x80 | length.length, ...length];
  return Buffer.concat([tagField, Buffer.from(lengthField), value]);
}

function parseAt(bytes: Uint8Array, offset: number): Result<{ tlv: Tlv; next: number }, TlvFault> {
  const tag = parseTag(bytes, offset);
  if (!tag.ok) return tag;
  const length = parseLength(bytes, tag.value.next);
  if (!length.ok) return length;
  const end = length.value.next + length.value.length;
  if (end > bytes.length) return err({ code: 'tlv-truncated', offset: bytes.length });
  const constructed = ((bytes[offset] ?? 0) & 0x20) !== 0;
  const value = viewOf(bytes).subarray(length.value.next, end);
  return ok({ tlv: { tag: tag.value.tag, constructed, value }, next: end });
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function minimalBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 0x100)) bytes.unshift(left % 0x100);
  return bytes;
}
