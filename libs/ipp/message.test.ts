// The codec of RFC 8010: round trip, arbitrary and damaged bytes, the limits, and one
// message written out by hand from the RFC's own example.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from './decode.js';
import { encodeMessage } from './encode.js';
import { limits } from './limits.js';
import { attribute, charset, collection, integer, keyword, naturalLanguage, uri, type IppMessage, type IppValue } from './message.js';
import { groupTags, outOfBandTags, stringSyntaxes, type GroupTag, type OutOfBand, type StringSyntax } from './tags.js';

const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>): readonly Key[] => Object.keys(table) as Key[];
const int32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });
const ascii = (max: number) => fc.string({ unit: 'grapheme-ascii', maxLength: max });
const unicode = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => Buffer.byteLength(value) <= 255);
const octets = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max }).map((bytes) => Buffer.from(bytes));

const plainValue: fc.Arbitrary<IppValue> = fc.oneof(
  fc.constantFrom(...keys<OutOfBand>(outOfBandTags)).map((value): IppValue => ({ type: 'out-of-band', value })),
  fc.record({ type: fc.constantFrom('integer' as const, 'enum' as const), value: int32 }),
  fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
  fc.record({ type: fc.constant('octetString' as const), value: octets(0, 30) }),
  fc.record({ type: fc.constant('dateTime' as const), value: octets(11, 11) }),
  fc.record({ type: fc.constant('rangeOfInteger' as const), lower: int32, upper: int32 }),
  fc.record({
    type: fc.constant('resolution' as const),
    crossFeed: int32,
    feed: int32,
    units: fc.constantFrom('dpi' as const, 'dpcm' as const),
  }),
  fc
    .constantFrom(...keys<StringSyntax>(stringSyntaxes))
    .chain((type) => (stringSyntaxes[type].octets === 'utf-8' ? unicode : ascii(63)).map((value): IppValue => ({ type, value }))),
  fc.record({
    type: fc.constantFrom('textWithLanguage' as const, 'nameWithLanguage' as const),
    language: ascii(63),
    value: unicode,
  }),
  fc.record({ type: fc.constant('other' as const), tag: fc.constantFrom(0x2a, 0x38, 0x5a, 0x7f), value: octets(0, 30) }),
);

const attributeName = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const attributesOf = (value: fc.Arbitrary<IppValue>) =>
  fc.uniqueArray(fc.record({ name: attributeName, values: fc.array(value, { minLength: 1, maxLength: 4 }) }), {
    selector: (item) => item.name,
    maxLength: 5,
  });
const collectionOf = (member: fc.Arbitrary<IppValue>) => attributesOf(member).map((members): IppValue => ({ type: 'collection', members }));
const nested = collectionOf(fc.oneof(plainValue, collectionOf(plainValue)));

const message: fc.Arbitrary<IppMessage> = fc.record({
  version: fc.record({ major: fc.nat(255), minor: fc.nat(255) }),
  code: fc.nat(0xffff),
  requestId: int32,
  groups: fc.array(
    fc.record({ tag: fc.constantFrom(...keys<GroupTag>(groupTags)), attributes: attributesOf(fc.oneof(plainValue, nested)) }),
    { maxLength: 4 },
  ),
  data: octets(0, 40),
});

/** RFC 8010 Appendix A.3, cut to what matters here. */
const printJob: IppMessage = {
  version: { major: 1, minor: 1 },
  code: 0x0002,
  requestId: 1,
  groups: [
    {
      tag: 'operation',
      attributes: [
        attribute('attributes-charset', charset('utf-8')),
        attribute('attributes-natural-language', naturalLanguage('en-us')),
        attribute('printer-uri', uri('ipp://printer.example.com/ipp/print/pinetree')),
      ],
    },
    { tag: 'job', attributes: [attribute('copies', integer(20)), attribute('sides', keyword('two-sided-long-edge'))] },
  ],
  data: Buffer.from('%!PS...'),
};

describe('encodeMessage and decodeMessage', () => {
  it('write the bytes of RFC 8010 Appendix A', () => {
    const bytes = encodeMessage(printJob);
    expect(bytes.subarray(0, 9).toString('hex')).toBe('010100020000000101');
    expect(bytes.toString('latin1')).toContain('\x47\x00\x12attributes-charset\x00\x05utf-8\x48\x00\x1b');
    expect(bytes.toString('latin1')).toContain(
      '\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x14\x44\x00\x05sides\x00\x13two-sided-long-edge\x03%!PS...',
    );
  });

  it('are inverse for every message', () => {
    fc.assert(
      fc.property(message, (given) => {
        expect(decodeMessage(encodeMessage(given))).toEqual({ ok: true, value: given });
      }),
    );
  });

  it('refuse every truncation of the attributes', () => {
    const bytes = encodeMessage({ ...printJob, data: Buffer.alloc(0) });
    for (let length = 0; length < bytes.length; length++) {
      const cut = decodeMessage(bytes.subarray(0, length));
      expect(cut.ok ? length : cut.error.code).toBe('truncated');
    }
  });
});

describe('decodeMessage on arbitrary bytes', () => {
  it('answers a message or a fault inside the bytes, never an exception', () => {
    const answers = fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const decoded = decodeMessage(Buffer.from(bytes));
      return decoded.ok || decoded.error.offset <= bytes.length;
    });
    expect(fc.check(answers, { numRuns: 2_000 }).counterexample).toBeNull();
  });

  it('never takes in octets from behind the message', () => {
    const refuses = fc.property(message, fc.nat(), (given, at) => {
      const bytes = encodeMessage({ ...given, data: Buffer.alloc(0) });
      // The same memory goes on behind the cut: a read past the end would succeed.
      return !decodeMessage(bytes.subarray(0, at % bytes.length)).ok;
    });
    expect(fc.check(refuses).counterexample).toBeNull();
  });

  it('reads a damaged message to a fault, or to something that encodes to itself', () => {
    const stable = fc.property(message, fc.nat(), fc.nat(255), (given, at, octet) => {
      const bytes = encodeMessage(given);
      bytes.writeUInt8(octet, at % bytes.length);
      const decoded = decodeMessage(bytes);
      return !decoded.ok || isDeepStrictEqual(decodeMessage(encodeMessage(decoded.value)), decoded);
    });
    expect(fc.check(stable, { numRuns: 500 }).counterexample).toBeNull();
  });
});

describe('decodeMessage is strict', () => {
  const header = Buffer.from('0200000000000001', 'hex');
  const value = (tag: number, name: string, octets_: Buffer): Buffer =>
    Buffer.concat([Buffer.of(tag, 0, name.length), Buffer.from(name), Buffer.of(octets_.length >> 8, octets_.length & 255), octets_]);
  const decodeJob = (...parts: readonly Buffer[]): string => {
    const decoded = decodeMessage(Buffer.concat([header, Buffer.of(2), ...parts, Buffer.of(3)]));
    return decoded.ok ? 'accepted' : decoded.error.code;
  };

  it.each([
    ['an integer of two octets', value(0x21, 'job-id', Buffer.of(0, 1)), 'bad-length'],
    ['a boolean of 2', value(0x22, 'x', Buffer.of(2)), 'bad-value'],
    ['a boolean of no octets', value(0x22, 'x', Buffer.alloc(0)), 'bad-length'],
    ['a resolution in unknown units', value(0x32, 'x', Buffer.from('000000010000000105', 'hex')), 'bad-value'],
    ['a keyword outside US-ASCII', value(0x44, 'x', Buffer.from('ジャム')), 'bad-text'],
    ['text that is no UTF-8', value(0x41, 'x', Buffer.of(0xff, 0xfe)), 'bad-text'],
    ['a keyword of 256 octets', value(0x44, 'x', Buffer.alloc(256, 0x61)), 'bad-length'],
    ['an out-of-band value with octets', value(0x13, 'x', Buffer.of(0)), 'bad-length'],
    ['an attribute without a name', value(0x21, '', Buffer.alloc(4)), 'bad-name'],
    ['endCollection on its own', value(0x37, '', Buffer.alloc(0)), 'bad-tag'],
    ['an unknown delimiter', Buffer.of(0x0f), 'bad-tag'],
    ['a negative value-length', Buffer.from('23000161fff0', 'hex'), 'bad-length'],
    ['language longer than its value', value(0x36, 'x', Buffer.from('00100061', 'hex')), 'bad-length'],
  ])('refuses %s', (_, bytes, code) => expect(decodeJob(bytes)).toBe(code));

  it('refuses an attribute that stands twice', () => {
    const state = value(0x23, 'job-state', Buffer.of(0, 0, 0, 9));
    expect(decodeJob(state)).toBe('accepted');
    expect(decodeJob(state, state)).toBe('repeated-attribute');
  });

  it('keeps a value tag it does not know', () => {
    expect(decodeJob(value(0x5a, 'x', Buffer.of(1, 2, 3)))).toBe('accepted');
  });

  it('stops at the limits', () => {
    const deep = (levels: number): IppValue => collection(attribute('x', levels === 0 ? integer(1) : deep(levels - 1)));
    const withValue = (given: IppValue): Buffer =>
      encodeMessage({ ...printJob, groups: [{ tag: 'job', attributes: [attribute('a', given)] }] });
    expect(decodeMessage(withValue(deep(limits.collectionDepth - 1))).ok).toBe(true);
    expect(decodeMessage(withValue(deep(limits.collectionDepth)))).toMatchObject({ error: { code: 'too-deep' } });
    const many = attribute('a', ...Array.from({ length: limits.valuesPerMessage + 1 }, () => integer(1)));
    expect(decodeMessage(encodeMessage({ ...printJob, groups: [{ tag: 'job', attributes: [many] }] }))).toMatchObject({
      error: { code: 'too-many-values' },
    });
    const big = Array.from({ length: 40 }, (_, index) =>
      attribute(`a${index}`, { type: 'octetString', value: Buffer.alloc(limits.valueBytes) }),
    );
    expect(decodeMessage(encodeMessage({ ...printJob, groups: [{ tag: 'job', attributes: big }] }))).toMatchObject({
      error: { code: 'too-large' },
    });
  });
});
