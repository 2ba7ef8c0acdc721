import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DerReader, readDer, tag } from './der.js';
import * as write from './der-writer.js';

const read = <T>(hex: string, walk: (reader: DerReader) => T): T | string => {
  const result = readDer(Buffer.from(hex, 'hex'), walk);
  return result.ok ? result.value : result.error;
};

describe('a length', () => {
  const octets = (reader: DerReader): number => reader.value(tag.octetString).length;
  it.each([
    ['0400', 0],
    ['0401aa', 1],
    [`04817f${'00'.repeat(127)}`, 'der-length'],
    [`048180${'00'.repeat(128)}`, 128],
    [`04820080${'00'.repeat(128)}`, 'der-length'],
    [`04820100${'00'.repeat(256)}`, 256],
    ['0480aa0000', 'der-length'],
    ['0485000000000100', 'der-length'],
    ['0402aa', 'der-length'],
    ['04', 'der-length'],
    ['', 'der-missing'],
    ['0401aa00', 'der-trailing-bytes'],
    ['0501aa', 'der-tag'],
    ['2403040100', 'der-tag'],
    ['1f0400', 'der-tag'],
  ])('of %s', (hex, expected) => {
    expect(read(hex, octets)).toBe(expected);
  });

  it('never reaches beyond the element around it', () => {
    const inner = (reader: DerReader): number => reader.within(tag.sequence, (list) => list.value(tag.octetString).length);
    expect(read('300304010aff', inner)).toBe('der-trailing-bytes');
    expect(read('300304020aff', inner)).toBe('der-length');
  });
});

describe('values', () => {
  it.each<readonly [string, string, (reader: DerReader) => unknown, unknown]>([
    ['TRUE', '0101ff', (reader) => reader.trueOrAbsent(), true],
    ['TRUE of another octet', '010101', (reader) => reader.trueOrAbsent(), 'der-boolean'],
    ['FALSE', '010100', (reader) => reader.trueOrAbsent(), 'der-boolean'],
    ['INTEGER 1', '020101', (reader) => reader.smallInteger(), 1],
    ['INTEGER 128', '02020080', (reader) => reader.smallInteger(), 'der-integer-range'],
    ['INTEGER padded', '02020001', (reader) => reader.smallInteger(), 'der-integer'],
    ['INTEGER padded with ones', '0202ffff', (reader) => reader.positiveInteger(), 'der-integer'],
    ['INTEGER without octets', '0200', (reader) => reader.smallInteger(), 'der-integer'],
    ['INTEGER 0', '020100', (reader) => reader.positiveInteger(), 'der-integer-not-positive'],
    ['INTEGER -1', '0201ff', (reader) => reader.positiveInteger(), 'der-integer-not-positive'],
    ['INTEGER 255', '020200ff', (reader) => reader.positiveInteger().toString('hex'), 'ff'],
    ['NULL', '0500', (reader) => reader.null(), undefined],
    ['NULL with content', '050100', (reader) => reader.null(), 'der-null'],
    ['OID', '06062a8648ce3d04', (reader) => reader.oid(), '1.2.840.10045.4'],
    ['OID below 2', '0603883703', (reader) => reader.oid(), '2.999.3'],
    ['OID padded', '06032a8001', (reader) => reader.oid(), 'der-oid'],
    ['OID cut off', '06022a86', (reader) => reader.oid(), 'der-oid'],
    ['OID empty', '0600', (reader) => reader.oid(), 'der-oid'],
    ['BIT STRING of octets', '030200aa', (reader) => reader.octetsInBits().toString('hex'), 'aa'],
    ['BIT STRING with unused bits', '030201aa', (reader) => reader.octetsInBits(), 'der-bit-string'],
    ['BIT STRING without anything', '0300', (reader) => reader.octetsInBits(), 'der-bit-string'],
    ['named bits', '030206c0', (reader) => reader.namedBits(), [0, 1]],
    ['named bits of two octets', '0303070080', (reader) => reader.namedBits(), [8]],
    ['named bits with a trailing zero', '030205c0', (reader) => reader.namedBits(), 'der-named-bits'],
    ['named bits with padding that is not zero', '030206c1', (reader) => reader.namedBits(), 'der-named-bits'],
    ['named bits with 8 unused', '030208c0', (reader) => reader.namedBits(), 'der-named-bits'],
    ['an empty list', '3000', (reader) => reader.within(tag.sequence, (list) => list.many((item) => item.null())), 'der-empty-list'],
  ])('%s', (...[, hex, walk, expected]) => {
    expect(read(hex, walk)).toEqual(expected);
  });

  it.each<readonly [string, number, string, number | string]>([
    ['UTCTime', 0x17, '260228235959Z', Date.UTC(2026, 1, 28, 23, 59, 59)],
    ['UTCTime of the last century', 0x17, '500101000000Z', Date.UTC(1950, 0)],
    ['UTCTime of a leap day', 0x17, '240229000000Z', Date.UTC(2024, 1, 29)],
    ['UTCTime of no leap day', 0x17, '260229000000Z', 'der-time'],
    ['UTCTime of month 0', 0x17, '260001000000Z', 'der-time'],
    ['UTCTime of month 13', 0x17, '261301000000Z', 'der-time'],
    ['UTCTime of day 0', 0x17, '260100000000Z', 'der-time'],
    ['UTCTime of hour 24', 0x17, '260101240000Z', 'der-time'],
    ['UTCTime of second 60', 0x17, '260101000060Z', 'der-time'],
    ['UTCTime without Z', 0x17, '2601010000000', 'der-time'],
    ['UTCTime with a sign', 0x17, '26010100000+Z', 'der-time'],
    ['GeneralizedTime', 0x18, '20500101000000Z', Date.UTC(2050, 0)],
    ['GeneralizedTime before 2050', 0x18, '20491231235959Z', 'der-time-form'],
    ['GeneralizedTime with a fraction', 0x18, '20500101000000.5Z', 'der-time'],
  ])('%s', (...[, octet, digits, expected]) => {
    const der = write.element(octet, Buffer.from(digits));
    expect(read(der.toString('hex'), (reader) => reader.time())).toBe(expected);
  });
});

describe('what is written', () => {
  it('is read back the same', () => {
    const sample = fc.record({
      octets: fc.uint8Array({ maxLength: 70_000 }),
      magnitude: fc.uint8Array({ minLength: 1, maxLength: 20 }).filter((bytes) => bytes.some((octet) => octet !== 0)),
      bits: fc.uniqueArray(fc.nat(20), { minLength: 1 }),
      arcs: fc.array(fc.nat(2 ** 31 - 1), { maxLength: 6 }),
      seconds: fc.integer({ min: 0, max: Date.UTC(2099, 0) / 1000 }),
    });
    const property = fc.property(sample, ({ octets, magnitude, bits, arcs, seconds }) => {
      const dotted = ['1', '2', ...arcs].join('.');
      const der = write.sequence(
        write.octetString(octets),
        write.unsignedInteger(magnitude),
        write.namedBits(bits),
        write.oid(dotted),
        write.time(seconds * 1000),
        write.generalizedTime(seconds * 1000),
      );
      const result = readDer(der, (reader) =>
        reader.within(tag.sequence, (list) => [
          list.value(tag.octetString).equals(octets),
          BigInt(`0x${list.positiveInteger().toString('hex')}`) === BigInt(`0x${Buffer.from(magnitude).toString('hex')}`),
          list.namedBits().join() === bits.toSorted((a, b) => a - b).join(),
          list.oid() === dotted,
          list.time() === seconds * 1000,
          list.generalizedTime() === seconds * 1000,
        ]),
      );
      return result.ok && result.value.every(Boolean);
    });
    fc.assert(property, { numRuns: 300, seed: 20_261_123 });
  });

  it('is never read from rubbish with an exception', () => {
    const walk = (reader: DerReader): unknown => reader.within(tag.sequence, (list) => list.many((item) => item.oid()));
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 64 }),
        (bytes) => typeof readDer(Buffer.concat([Buffer.of(0x30), bytes]), walk).ok === 'boolean',
      ),
      { numRuns: 2000, seed: 20_261_123 },
    );
  });
});
