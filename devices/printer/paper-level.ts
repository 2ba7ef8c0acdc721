// How many sheets lie in the tray, from `printer-input-tray` (PWG 5100.13): one octetString
// a tray, `type=…;maxcapacity=250;level=100;name=main;`, with the numbers of the Printer MIB
// (RFC 3805, prtInputCurrentLevel: −1 no restriction, −2 unknown, −3 at least one). What is
// no plain count of sheets is not known; nothing is made of it.
import { findAttribute } from '#libs/ipp/attributes.js';
import type { IppGroup } from '#libs/ipp/message.js';

type TrayWords = ReadonlyMap<string, string>;

/**
 * Sheets in the tray of that name (media-source), or in all trays together when the printer
 * may choose. Null when one of them does not tell: it may hold any number.
 */
export function findSheetsLeft(group: IppGroup | null, tray: string | null): number | null {
  const all = readTrays(group);
  const ours = tray === null ? all : all.filter((words) => words.get('name') === tray);
  if (ours.length === 0 || (tray !== null && ours.length > 1)) return null;
  const levels = ours.map(levelOf);
  return levels.reduce((sum, level) => (sum === null || level === null ? null : sum + level), 0);
}

function readTrays(group: IppGroup | null): readonly TrayWords[] {
  const values = findAttribute(group, 'printer-input-tray')?.values ?? [];
  return values.map((value) => (value.type === 'octetString' ? wordsOf(value.value.toString('utf8')) : new Map()));
}

function wordsOf(text: string): TrayWords {
  const pairs = text.split(';').map((word) => word.split('='));
  return new Map(pairs.map(([key = '', value = '']) => [key.trim().toLowerCase(), value.trim()]));
}

function levelOf(words: TrayWords): number | null {
  const unit = words.get('unit') ?? words.get('capacityunit') ?? 'sheets';
  const level = countOf(words.get('level'));
  const most = countOf(words.get('maxcapacity'));
  // A tray without a size, or with more in it than fits: the device does not measure.
  const isMeasured = level !== null && most !== null && most > 0 && level <= most;
  return unit === 'sheets' && isMeasured ? level : null;
}

function countOf(word: string | undefined): number | null {
  return word !== undefined && /^\d{1,6}$/.test(word) ? Number(word) : null;
}
