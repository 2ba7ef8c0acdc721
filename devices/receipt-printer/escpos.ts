// A slip as ESC/POS octets (Epson ESC/POS Command Reference), the subset that a Japanese
// text slip needs. README.md has the table.
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';
import type { ReceiptLine, ReceiptPrinterFault } from './port.js';
import { encodeShiftJis } from './shift-jis.js';

export const commands = {
  /** ESC @ */
  initialize: Buffer.of(0x1b, 0x40),
  /** ESC R 8: international character set Japan. */
  japan: Buffer.of(0x1b, 0x52, 0x08),
  /** FS C 1: Kanji codes are Shift_JIS; FS &: Kanji mode on. */
  shiftJis: Buffer.of(0x1c, 0x43, 0x01),
  kanjiOn: Buffer.of(0x1c, 0x26),
  lineFeed: Buffer.of(0x0a),
  /** GS V 66 0: feed to the cutter and cut. */
  cut: Buffer.of(0x1d, 0x56, 0x42, 0x00),
  /** GS r 1: paper sensor, answered when everything before it has been processed. */
  confirm: Buffer.of(0x1d, 0x72, 0x01),
  /** DLE EOT n: real-time status, answered at once. */
  printerStatus: Buffer.of(0x10, 0x04, 0x01),
  offlineCause: Buffer.of(0x10, 0x04, 0x02),
  paperStatus: Buffer.of(0x10, 0x04, 0x04),
} as const;

/** ESC a n */
export const alignments = { left: 0, center: 1, right: 2 } as const;
/** GS ! n: width and height, also of Kanji. */
export const sizes = { normal: 0x00, double: 0x11 } as const;

/** Ends with `confirm`. `refused` names the character or the limit that stands in the way. */
export function encodeSlip(lines: readonly ReceiptLine[]): Result<Buffer, ReceiptPrinterFault> {
  if (lines.length > limits.linesPerSlip) return err({ code: 'refused', detail: 'too-many-lines' });
  const parts: Buffer[] = [commands.initialize, commands.japan, commands.shiftJis, commands.kanjiOn];
  for (const line of lines) {
    if (line.text.length > limits.charactersPerLine) return err({ code: 'refused', detail: 'line-too-long' });
    const text = encodeShiftJis(line.text);
    if (!Buffer.isBuffer(text)) return err({ code: 'refused', detail: `no-character ${nameCharacter(text.unencodable)}` });
    const align = Buffer.of(0x1b, 0x61, alignments[line.align ?? 'left']);
    const size = Buffer.of(0x1d, 0x21, sizes[line.size ?? 'normal']);
    parts.push(align, size, text, commands.lineFeed);
  }
  parts.push(commands.cut, commands.confirm);
  return ok(Buffer.concat(parts));
}

function nameCharacter(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Fixed bits of every DLE EOT answer: 0 at 0 and 7, 1 at 1 and 4. */
export function isRealTimeStatus(octet: number): boolean {
  return (octet & 0x93) === 0x12;
}

/** Fixed bits of a GS r 1 answer: 0 at 4 and 7. */
export function isConfirmation(octet: number): boolean {
  return (octet & 0x90) === 0;
}

/** DLE EOT 1, bit 3. */
export const isOffline = (printerStatus: number): boolean => (printerStatus & 0x08) !== 0;
/** DLE EOT 4, bits 5 and 6. Near the end (bits 2 and 3) there is still paper for a slip. */
export const isPaperOut = (paperStatus: number): boolean => (paperStatus & 0x60) !== 0;

/** DLE EOT 2: why it is offline. */
export function nameOfflineCause(cause: number): string {
  if ((cause & 0x04) !== 0) return 'cover-open';
  if ((cause & 0x08) !== 0) return 'feed-button';
  if ((cause & 0x20) !== 0) return 'paper-end';
  return (cause & 0x40) === 0 ? 'unknown' : 'error';
}
