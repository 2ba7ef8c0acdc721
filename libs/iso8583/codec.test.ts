import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from './codec.js';
import { fields, type Field } from './fields.js';
import { message, type FieldValue, type Message } from './message.js';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

function faultOf(text: string): string {
  const decoded = decode(hex(text));
  return decoded.ok ? 'accepted' : `${decoded.error.code}/${decoded.error.field}`;
}

describe('the decoder refuses', () => {
  it.each([
    ['nothing', '', 'short-data/0'],
    ['half a bitmap', '0800 20200000', 'short-data/0'],
    ['an MTI that is not digits', '08A0 2000000000000000 000000', 'bad-mti/0'],
    ['a byte too many', '0800 2020000000800000 000000 000001 3239313130303031 00', 'trailing-bytes/0'],
    ['a byte too few', '0800 2020000000800000 000000 000001 32393131303030', 'short-data/41'],
    ['a digit above nine', '0800 2020000000800000 00000A 000001 3239313130303031', 'bad-digit/3'],
    ['a pad nibble that is not zero', '0800 0000040000000000 1051', 'bad-padding/22'],
    ['a trailing pad nibble that is not zero', '0800 4000000000000000 03 1231', 'bad-padding/2'],
    ['a length above the maximum', '0800 4000000000000000 20 12345678901234567890', 'too-long/2'],
    ['a length of nothing', '0800 4000000000000000 00', 'wrong-length/2'],
    ['a length that is not digits', '0800 4000000000000000 0A 1234567890', 'bad-digit/2'],
    ['a length without its data', '0800 4000000000000000 16 1234', 'short-data/2'],
    ['a missing length', '0800 4000000000000000', 'short-data/2'],
    ['an element outside the table', '0800 0800000000000000 00', 'unsupported-field/5'],
    ['a second bitmap with nothing in it', '0800 A000000000000000 0000000000000000 000000', 'empty-secondary-bitmap/0'],
    ['a third bitmap', '0800 8000000000000000 8000000000000000 0000000000000000', 'unsupported-field/65'],
    ['a MAC before the last element', '0800 8000000000000001 0400000000000000 0000000000000000 0301', 'mac-not-last/64'],
    ['a tag that comes twice', '0200 0000000000000200 0008 9F270180 9F270140', 'bad-tlv/55'],
    ['a tag without its value', '0200 0000000000000200 0003 9F2708', 'bad-tlv/55'],
    ['text that is not printable', '0800 0000000000800000 32393131303030 0A', 'bad-character/41'],
    ['a net amount that is neither C nor D', `0500 8000000000000000 0000000080000000 45 ${'00'.repeat(8)}`, 'bad-character/97'],
  ])('%s', (_name, bytes, expected) => {
    expect(faultOf(bytes)).toBe(expected);
  });

  it('a message above the cap', () => {
    expect(faultOf('00'.repeat(4097))).toBe('message-too-long/0');
  });
});

describe('the encoder refuses', () => {
  it.each<[string, Message, string]>([
    ['a bad MTI', message('20', {}), 'bad-mti/0'],
    ['digits too few', message('0800', { 11: '1' }), 'wrong-length/11'],
    ['digits too many', message('0800', { 2: '1'.repeat(20) }), 'too-long/2'],
    ['an empty variable element', message('0800', { 2: '' }), 'wrong-length/2'],
    ['letters for digits', message('0800', { 11: '00000A' }), 'bad-character/11'],
    ['text for bytes', message('0800', { 52: 'AAAAAAAA' }), 'wrong-type/52'],
    ['bytes for text', message('0800', { 11: Buffer.alloc(6) }), 'wrong-type/11'],
    ['an element outside the table', message('0800', { 5: '0' }), 'unsupported-field/5'],
    ['DE64 with elements after it', message('0800', { 64: Buffer.alloc(8), 70: '301' }), 'mac-not-last/64'],
    ['a tag that comes twice', message('0800', { 55: hex('9F2701809F270140') }), 'bad-tlv/55'],
  ])('%s', (_name, input, expected) => {
    const encoded = encode(input);
    expect(encoded.ok ? 'accepted' : `${encoded.error.code}/${encoded.error.field}`).toBe(expected);
  });
});

describe('for every message', () => {
  it('decode(encode(m)) = m', () => {
    fc.assert(
      fc.property(anyMessage(), (input) => {
        const bytes = encode(input);
        expect(bytes.ok).toBe(true);
        expect(bytes.ok && decode(bytes.value)).toEqual({ ok: true, value: input });
      }),
    );
  });

  it('any bytes are a message or a typed fault, and what is read is written back the same', () => {
    const mostlyValid = fc
      .tuple(anyMessage(), fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 3 }))
      .map(([input, changes]) => spoil(input, changes));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), mostlyValid), (bytes) => {
        const decoded = decode(Buffer.from(bytes));
        // A fault stands for itself: whatever is read must be written back the same.
        const back = decoded.ok ? encode(decoded.value) : { ok: typeof decoded.error.code === 'string', value: Buffer.from(bytes) };
        expect(back).toEqual({ ok: true, value: Buffer.from(bytes) });
      }),
      { numRuns: 500 },
    );
  });
});

function spoil(input: Message, changes: readonly (readonly [number, number])[]): Uint8Array {
  const encoded = encode(input);
  if (!encoded.ok) throw new Error(encoded.error.code);
  for (const [at, value] of changes) if (at < encoded.value.length) encoded.value.writeUInt8(value, at);
  return encoded.value;
}

function anyMessage(): fc.Arbitrary<Message> {
  const numbers = [...fields.keys()];
  return fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.subarray(numbers))
    .chain(([mti, chosen]) => {
      // DE64 ends a message of one bitmap.
      const kept = chosen.some((number) => number > 64) ? chosen.filter((number) => number !== 64) : chosen;
      const values = kept.map((number) => anyValue(fields.get(number)).map((value): [number, FieldValue] => [number, value]));
      return fc.tuple(...values).map((entries) => ({ mti: String(mti).padStart(4, '0'), fields: new Map(entries) }));
    })
    .filter((input) => encode(input).ok);
}

function anyValue(field: Field | undefined): fc.Arbitrary<FieldValue> {
  if (field === undefined) throw new Error('no such field');
  const [minLength, maxLength] =
    'fixed' in field.length ? [field.length.fixed, field.length.fixed] : [1, 'll' in field.length ? field.length.ll : 60];
  const text = (alphabet: string): fc.Arbitrary<string> =>
    fc.string({ unit: fc.constantFrom(...alphabet.split('')), minLength, maxLength });
  switch (field.format) {
    case 'n':
      return text('0123456789');
    case 'z':
      return text('0123456789D');
    case 'an':
      return text('0123456789ABCXYZabcxyz');
    case 'ans':
      return text('0123456789 AZaz~-.');
    case 'xn':
      return fc.tuple(fc.constantFrom('C', 'D'), text('0123456789')).map((parts) => parts.join(''));
    case 'b':
      return fc.uint8Array({ minLength, maxLength }).map((bytes) => Buffer.from(bytes));
    case 'tlv':
      return fc
        .uint8Array({ minLength: 1, maxLength: 20 })
        .map((value) => Buffer.concat([hex('9F10'), Buffer.from([value.length]), value]));
  }
}
