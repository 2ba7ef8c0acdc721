// The ESC/POS adapter and the emulated slip printer against each other, and the octets
// against Epson's reference.
import { connect, createServer, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSlip } from '#devices/receipt-printer/escpos.js';
import { createEscposPrinter } from '#devices/receipt-printer/escpos-tcp.js';
import type { ReceiptPrinter } from '#devices/receipt-printer/port.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { seededRandom } from '#libs/std/random.js';
import { startEmulatedReceiptPrinter, type EmulatedReceiptPrinter, type EmulatedReceiptPrinterFault } from './receipt-printer.js';
import { SlipReader } from './slip-reader.js';

/** Shorter time-outs, for answers that never come. */
const hurried: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 8, signal) };
let device: EmulatedReceiptPrinter;
let printer: ReceiptPrinter;

beforeEach(async () => {
  device = await startEmulatedReceiptPrinter({ host: '127.0.0.1', port: 0, random: seededRandom('slips') });
  printer = createEscposPrinter({ host: device.host, port: device.port, clock: systemClock });
});
afterEach(async () => {
  await printer.close();
  await device.close();
});

const slip = [
  { text: '窓口県汐見台市', align: 'center' },
  { text: '住民票の写し 1通', size: 'normal' },
  { text: '¥300', size: 'double', align: 'right' },
  { text: '10:00〜17:00 ①㈱髙ｶﾅ', align: 'left' },
] as const;

describe('encodeSlip', () => {
  it("writes Epson's octets", () => {
    const encoded = encodeSlip([{ text: '住A¥', size: 'double', align: 'center' }]);
    const hex = '1b40 1b5208 1c4301 1c26 1b6101 1d2111 8f5a 41 5c 0a 1d564200 1d7201'.replaceAll(' ', '');
    expect(encoded.ok && encoded.value.toString('hex')).toBe(hex);
  });

  it.each([['𠮷'], ['葛\u{e0100}'], ['é'], ['\\'], ['\n'], ['\u001b@']])('refuses %j rather than print something else', (text) => {
    expect(encodeSlip([{ text }])).toMatchObject({
      ok: false,
      error: { code: 'refused', detail: expect.stringMatching(/^no-character U\+/) },
    });
  });

  it('refuses what is too long', () => {
    expect(encodeSlip(Array.from({ length: 121 }, () => ({ text: '' })))).toMatchObject({ error: { detail: 'too-many-lines' } });
    expect(encodeSlip([{ text: 'x'.repeat(201) }])).toMatchObject({ error: { detail: 'line-too-long' } });
  });

  it('never lets text become a command: what the printer prints is what was written', () => {
    const line = fc.record({
      text: fc.string({
        unit: fc.oneof(
          fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
          fc.constantFrom(...Array.from('窓口県汐見台市ソ表十能ｱ')),
        ),
        maxLength: 20,
      }),
      size: fc.constantFrom('normal' as const, 'double' as const),
      align: fc.constantFrom('left' as const, 'center' as const, 'right' as const),
    });
    const property = fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const encoded = encodeSlip(lines);
      if (!encoded.ok) return encoded.error.code === 'refused';
      const [cut] = new SlipReader().read(encoded.value);
      const twins: Readonly<Record<string, string>> = {
        '\u301c': '\uff5e',
        '\u2212': '\uff0d',
        '\u2014': '\u2015',
        '\u2016': '\u2225',
        '\u00a2': '\uffe0',
        '\u00a3': '\uffe1',
        '\u00ac': '\uffe2',
      };
      const expected = lines.map((given) => Array.from(given.text, (character) => twins[character] ?? character).join(''));
      return (
        cut?.kind === 'cut' && cut.lines.every((printed, index) => printed.text === expected[index] && printed.size === lines[index]?.size)
      );
    });
    expect(fc.check(property, { numRuns: 1_000 }).counterexample).toBeNull();
  });
});

describe('a slip', () => {
  it('comes out as it was meant', async () => {
    expect(await printer.isReady()).toBe(true);
    expect(await printer.print(slip)).toEqual({ ok: true, value: undefined });
    const [printed] = device.takeSlips();
    expect(printed?.lines).toEqual([
      { text: '窓口県汐見台市', size: 'normal', align: 'center' },
      { text: '住民票の写し 1通', size: 'normal', align: 'left' },
      { text: '¥300', size: 'double', align: 'right' },
      // The wave dash of Unicode and the one of code page 932 are one glyph.
      { text: '10:00~17:00 ①㈱髙ｶﾅ'.replace('~', '\uff5e'), size: 'normal', align: 'left' },
    ]);
    expect(device.state()).toEqual({ fault: 'none', slips: [], violations: [] });
  });

  it('waits for the one before it', async () => {
    const both = await Promise.all([printer.print(slip), printer.print(slip), printer.isReady()]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }, true]);
    expect(device.state().slips).toHaveLength(2);
  });

  it.each<[EmulatedReceiptPrinterFault, string, string]>([
    ['out-of-paper', 'out-of-paper', 'paper-end'],
    ['out-of-paper-while-printing', 'out-of-paper', 'paper-end'],
    ['cover-open', 'refused', 'offline: cover-open'],
    ['silent', 'unreachable', 'no-status'],
    ['offline', 'unreachable', 'no-status'],
  ])('%s is %s', { timeout: 15_000 }, async (fault, code, detail) => {
    device.setFault(fault);
    const isSilent = fault === 'silent' || fault === 'out-of-paper-while-printing';
    if (isSilent) printer = createEscposPrinter({ host: device.host, port: device.port, clock: hurried });
    expect(await printer.isReady()).toBe(fault === 'out-of-paper-while-printing');
    expect(await printer.print(slip)).toEqual({ ok: false, error: { code, detail } });
    expect(device.state().slips).toEqual([]);
    device.setFault('none');
    expect(await printer.print(slip)).toMatchObject({ ok: true });
  });

  it('nobody there is unreachable', async () => {
    await device.close();
    expect(await printer.print(slip)).toMatchObject({ error: { code: 'unreachable', detail: 'ECONNREFUSED' } });
    device = await startEmulatedReceiptPrinter({ host: '127.0.0.1', port: 0, random: seededRandom('slips') });
  });

  it('junk for a status is refused', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).on('data', () => socket.write(Buffer.of(0xff))));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const other = createEscposPrinter({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, clock: hurried });
    expect(await other.print(slip)).toEqual({ ok: false, error: { code: 'refused', detail: 'malformed-status' } });
    server.close();
  });
});

describe('the emulated slip printer', () => {
  it.each([
    ['an unknown command', Buffer.of(0x1b, 0x70, 0), 'unknown command 1b70'],
    ['Kanji outside Kanji mode', Buffer.of(0x8f, 0x5a, 0x0a), 'Japanese text outside Kanji mode'],
    ['half a character', Buffer.from('1b401b52081c43011c268f0a0a', 'hex'), 'no Shift_JIS'],
  ])('ends the connection on %s', async (_, octets, what) => {
    const socket = connect({ host: device.host, port: device.port });
    socket.on('error', () => undefined);
    socket.write(Buffer.concat([octets, Buffer.of(0x1b, 0x70)]));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(device.state().violations).toHaveLength(1);
    expect(device.state().violations[0]).toContain(what);
  });
});
