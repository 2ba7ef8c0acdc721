// DER (X.690 clause 10 and 11), strictly: one encoding for every value, and everything
// else is refused. Reading is a walk; the first fault sticks, empties the reader and is
// reported by `readDer`, so that no caller can use what was read before looking at it.
import { err, ok, type Result } from '#libs/std/result.js';
import { readArcs } from './der-oid.js';
import { readGeneralizedTime, readUtcTime } from './der-time.js';

export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** [n], primitive (IMPLICIT of a primitive type) */
  context: (n: number): number => 0x80 | n,
  /** [n], constructed (EXPLICIT, or IMPLICIT of a constructed type) */
  contextConstructed: (n: number): number => 0xa0 | n,
} as const;

/** Kebab-case: what was wrong with the bytes. */
export type DerFault = string;

const nothing = Buffer.alloc(0);

/** Walks the whole of `bytes`; anything left over is a fault. The slices it yields share memory with `bytes`. */
export function readDer<T>(bytes: Uint8Array, read: (reader: DerReader) => T): Result<T, DerFault> {
  const progress: Progress = { fault: null };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new DerReader(buffer, { start: 0, end: buffer.length }, progress);
  const value = read(reader);
  reader.finish();
  return progress.fault === null ? ok(value) : err(progress.fault);
}

type Progress = { fault: DerFault | null };

export class DerReader {
  private at: number;
  private readonly end: number;

  constructor(
    private readonly bytes: Buffer,
    range: { start: number; end: number },
    private readonly progress: Progress,
  ) {
    this.at = range.start;
    this.end = range.end;
  }

  get atEnd(): boolean {
    return this.progress.fault !== null || this.at >= this.end;
  }

  get failed(): boolean {
    return this.progress.fault !== null;
  }

  /** Octets, as long as nothing is wrong. */
  get remaining(): number {
    return this.end - this.at;
  }

  /** Sticks: the first one is the one that is told. Ends every loop, here and in the readers around. */
  refuse(fault: DerFault): void {
    this.progress.fault ??= fault;
  }

  finish(): void {
    if (this.at !== this.end) this.refuse('der-trailing-bytes');
  }

  nextIs(expected: number): boolean {
    return !this.atEnd && this.bytes[this.at] === expected;
  }

  /** Content of the next element. */
  value(expected: number): Buffer {
    const start = this.enter(expected);
    return start === null ? nothing : this.bytes.subarray(start, this.at);
  }

  /** Walks the content of the next element to its end. */
  within<T>(expected: number, read: (inner: DerReader) => T): T {
    const start = this.enter(expected);
    const inner = new DerReader(this.bytes, start === null ? { start: this.end, end: this.end } : { start, end: this.at }, this.progress);
    const value = read(inner);
    inner.finish();
    return value;
  }

  /** Like `within`, and gives the element's own bytes, header included. */
  captured<T>(expected: number, read: (inner: DerReader) => T): { der: Buffer; value: T } {
    const start = this.at;
    const value = this.within(expected, read);
    return { der: this.bytes.subarray(start, this.at), value };
  }

  /** Null when the next element is another one, or there is none. */
  optional<T>(expected: number, read: (inner: DerReader) => T): T | null {
    return this.nextIs(expected) ? this.within(expected, read) : null;
  }

  /** Reads elements until the end; at least one, as every SIZE (1..MAX) of our structures wants. */
  many<T>(read: (reader: DerReader) => T): T[] {
    const values: T[] = [];
    if (this.atEnd) this.refuse('der-empty-list');
    while (!this.atEnd) values.push(read(this));
    return values;
  }

  /** Every BOOLEAN of our structures is DEFAULT FALSE: TRUE is one octet FF, and a FALSE that is written out is not DER. */
  trueOrAbsent(expected: number = tag.boolean): boolean {
    if (!this.nextIs(expected)) return false;
    const content = this.value(expected);
    if (content.length !== 1 || content[0] !== 0xff) this.refuse('der-boolean');
    return true;
  }

  /** Magnitude without leading zero octets: serial numbers, what makes up a key. */
  positiveInteger(expected: number = tag.integer): Buffer {
    const content = this.integerContent(expected);
    const magnitude = content[0] === 0x00 ? content.subarray(1) : content;
    if (magnitude.length === 0 || ((content[0] ?? 0x80) & 0x80) !== 0) this.refuse('der-integer-not-positive');
    return magnitude;
  }

  /** The same where zero is a number too; its magnitude has no octets. */
  nonNegativeInteger(): Buffer {
    const content = this.integerContent(tag.integer);
    if (((content[0] ?? 0x80) & 0x80) !== 0) this.refuse('der-integer-negative');
    return content[0] === 0x00 ? content.subarray(1) : content;
  }

  /** 0 to 127: versions, reasons, states. */
  smallInteger(expected: number = tag.integer): number {
    const content = this.integerContent(expected);
    const value = content[0] ?? 0;
    if (content.length !== 1 || value > 0x7f) this.refuse('der-integer-range');
    return value;
  }

  null(): void {
    if (this.value(tag.null).length !== 0) this.refuse('der-null');
  }

  /** Dotted decimal. */
  oid(expected: number = tag.oid): string {
    const content = this.value(expected);
    const arcs = readArcs(content);
    if (arcs === null) this.refuse('der-oid');
    return arcs ?? '';
  }

  /** A BIT STRING of whole octets: keys and signatures. */
  octetsInBits(): Buffer {
    const content = this.value(tag.bitString);
    if (content[0] !== 0x00) this.refuse('der-bit-string');
    return content.subarray(1);
  }

  /** Positions of the set bits of a named bit list; trailing zero bits are not DER (X.690 §11.2.2). */
  namedBits(expected: number = tag.bitString): number[] {
    const content = this.value(expected);
    const unused = content[0] ?? 8;
    const last = content.at(-1) ?? 0;
    if (content.length < 2 || unused > 7 || (last & ((2 << unused) - 1)) !== 1 << unused) this.refuse('der-named-bits');
    const bits: number[] = [];
    for (let bit = 0; bit < (content.length - 1) * 8; bit++) {
      if (((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0) bits.push(bit);
    }
    return bits;
  }

  /** Time of RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050. Epoch milliseconds. */
  time(): number {
    if (!this.nextIs(tag.utcTime)) {
      const late = this.generalizedTime();
      if (late < Date.UTC(2050, 0)) this.refuse('der-time-form');
      return late;
    }
    return this.known(readUtcTime(this.value(tag.utcTime)));
  }

  generalizedTime(): number {
    return this.known(readGeneralizedTime(this.value(tag.generalizedTime)));
  }

  private known(timeMs: number | null): number {
    if (timeMs === null) this.refuse('der-time');
    return timeMs ?? 0;
  }

  private integerContent(expected: number): Buffer {
    const content = this.value(expected);
    const [first = 0, second = 0] = content;
    const padded = content.length > 1 && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
    if (content.length === 0 || padded) this.refuse('der-integer');
    return content;
  }

  /** Moves behind the next element and answers where its content starts. */
  private enter(expected: number): number | null {
    if (this.atEnd) return this.missed('der-missing');
    if (this.bytes[this.at] !== expected) return this.missed('der-tag');
    const first = this.bytes[this.at + 1] ?? 0x80;
    let start = this.at + 2;
    let length = first;
    if (first >= 0x80) {
      const octets = first & 0x7f;
      if (octets === 0 || octets > 4 || start + octets > this.end) return this.missed('der-length');
      length = this.bytes.readUIntBE(start, octets);
      start += octets;
      if (length < 0x80 || length < 2 ** (8 * (octets - 1))) return this.missed('der-length');
    }
    if (start + length > this.end) return this.missed('der-length');
    this.at = start + length;
    return start;
  }

  private missed(fault: DerFault): null {
    this.refuse(fault);
    this.at = this.end;
    return null;
  }
}
