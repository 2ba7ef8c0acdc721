import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '#libs/std/bytes.js';
import { decodeCommand, decodeResponse, encodeCommand, encodeResponse } from './apdu.js';

function bytes(hex: string): Buffer {
  return fromHex(hex) ?? Buffer.alloc(0);
}

describe('command APDU', () => {
  it.each([
    { hex: '00200080', dataBytes: 0, expectedLength: null, extended: false },
    { hex: '00B0000000', dataBytes: 0, expectedLength: 256, extended: false },
    { hex: '00B0000004', dataBytes: 0, expectedLength: 4, extended: false },
    { hex: '00A4020C020018', dataBytes: 2, expectedLength: null, extended: false },
    { hex: '802A00800301020300', dataBytes: 3, expectedLength: 256, extended: false },
    { hex: '00B00000000000', dataBytes: 0, expectedLength: 65536, extended: true },
    { hex: '00B00000000800', dataBytes: 0, expectedLength: 2048, extended: true },
    { hex: '80A20000000003010203', dataBytes: 3, expectedLength: null, extended: true },
    { hex: '80A200000000030102030000', dataBytes: 3, expectedLength: 65536, extended: true },
  ])('reads $hex', ({ hex, dataBytes, expectedLength, extended }) => {
    const decoded = decodeCommand(bytes(hex));
    expect(decoded).toMatchObject({ ok: true, value: { expectedLength, extended } });
    expect(decoded.ok && decoded.value.data.length).toBe(dataBytes);
  });

  it.each([
    ['', 'apdu-too-short'],
    ['00A404', 'apdu-too-short'],
    ['00A4020C0200', 'apdu-length-mismatch'],
    ['00A4020C0200180000', 'apdu-length-mismatch'],
    ['00B000000000', 'apdu-length-mismatch'],
    ['00B0000000000000', 'apdu-empty-data'],
    ['00B000000000020100000000', 'apdu-length-mismatch'],
  ])('refuses %s', (hex, code) => {
    expect(decodeCommand(bytes(hex))).toEqual({ ok: false, error: { code } });
  });

  it('writes what it reads', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const command = fc.record({
      cla: byte,
      ins: byte,
      p1: byte,
      p2: byte,
      data: fc.uint8Array({ maxLength: 700 }),
      expectedLength: fc.option(fc.integer({ min: 1, max: 65536 }), { nil: null }),
      extended: fc.boolean(),
    });
    fc.assert(
      fc.property(command, ({ expectedLength, ...rest }) => {
        const decoded = decodeCommand(encodeCommand(expectedLength === null ? rest : { ...rest, expectedLength }));
        const { cla, ins, p1, p2 } = rest;
        expect(decoded).toMatchObject({ ok: true, value: { cla, ins, p1, p2, expectedLength } });
        expect(decoded.ok && toHex(decoded.value.data)).toBe(toHex(rest.data));
      }),
    );
  });

  it('reads arbitrary bytes as one APDU or a typed fault, and writes back the same bytes', () => {
    function encodeAgain(raw: Uint8Array): string {
      const decoded = decodeCommand(raw);
      if (!decoded.ok) return decoded.error.code;
      const { expectedLength, ...rest } = decoded.value;
      return toHex(encodeCommand(expectedLength === null ? rest : { ...rest, expectedLength }));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (raw) => {
        expect([toHex(raw), 'apdu-too-short', 'apdu-length-mismatch', 'apdu-empty-data']).toContain(encodeAgain(raw));
      }),
    );
  });
});

describe('response APDU', () => {
  it('splits data and status word', () => {
    expect(decodeResponse(bytes('01029000'))).toEqual({ ok: true, value: { data: bytes('0102'), statusWord: 0x9000 } });
  });

  it.each([
    ['', 'response-too-short'],
    ['90', 'response-too-short'],
    ['6000', 'status-word-invalid'],
    ['01020000', 'status-word-invalid'],
    ['A000', 'status-word-invalid'],
  ])('refuses %s', (hex, code) => {
    expect(decodeResponse(bytes(hex))).toEqual({ ok: false, error: { code } });
  });

  it('reads arbitrary bytes as a response or a typed fault', () => {
    function encodeAgain(raw: Uint8Array): string {
      const decoded = decodeResponse(raw);
      return decoded.ok ? toHex(encodeResponse(decoded.value.statusWord, decoded.value.data)) : decoded.error.code;
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (raw) => {
        expect([toHex(raw), 'response-too-short', 'status-word-invalid']).toContain(encodeAgain(raw));
      }),
    );
  });

  it('refuses more than 65538 bytes', () => {
    const long = Buffer.concat([Buffer.alloc(65537), bytes('9000')]);
    expect(decodeResponse(long)).toEqual({ ok: false, error: { code: 'response-too-long' } });
  });
});
