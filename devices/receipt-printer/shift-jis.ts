// Text to Shift_JIS with the NEC and IBM rows (Windows code page 932), as Japanese ESC/POS
// printers read it. The platform decodes this code page but does not encode it, so the
// table is its decoder turned round, once, when the first slip is printed.
import { assert } from '#libs/std/assert.js';

/** Characters that Unicode tables of Shift_JIS map differently: the printer has one glyph for both. */
const twins: readonly (readonly [string, string])[] = [
  ['\u301c', '\uff5e'],
  ['\u2212', '\uff0d'],
  ['\u2014', '\u2015'],
  ['\u2016', '\u2225'],
  ['\u00a2', '\uffe0'],
  ['\u00a3', '\uffe1'],
  ['\u00ac', '\uffe2'],
];

let table: ReadonlyMap<string, Buffer> | null = null;

/** In print, the sign for a character that is missing. */
const geta = '〓';

/**
 * A name as this printer can write it: variation selectors go (市 names such as 葛󠄀城市 have them), and
 * what has no code becomes 〓. Where something must not be printed in another's place, `encodeShiftJis` refuses.
 */
export function asShiftJisHasIt(name: string): string {
  table ??= buildTable();
  const bare = name.replaceAll(/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, '');
  return Array.from(bare, (character) => (table?.has(character) === true ? character : geta)).join('');
}

/** The first character that has no code, when there is one: nothing else may be printed in its place. */
export function encodeShiftJis(text: string): Buffer | { readonly unencodable: string } {
  table ??= buildTable();
  const parts: Buffer[] = [];
  for (const character of text) {
    const octets = table.get(character);
    if (octets === undefined) return { unencodable: character };
    parts.push(octets);
  }
  return Buffer.concat(parts);
}

function buildTable(): ReadonlyMap<string, Buffer> {
  const built = new Map<string, Buffer>();
  const decoder = new TextDecoder('shift_jis', { fatal: false });
  const add = (octets: Buffer): void => {
    const character = decoder.decode(octets);
    // One character, no replacement, and the first of the double entries of the NEC rows.
    const isOne = Array.from(character).length === 1 && character !== '\ufffd';
    if (isOne && !built.has(character)) built.set(character, octets);
  };
  // With international character set Japan (ESC R 8) 5C prints ¥: a backslash cannot be printed.
  for (let octet = 0x20; octet <= 0x7e; octet++) if (octet !== 0x5c) add(Buffer.of(octet));
  for (let octet = 0xa1; octet <= 0xdf; octet++) add(Buffer.of(octet));
  for (const lead of [...range(0x81, 0x9f), ...range(0xe0, 0xef), ...range(0xfa, 0xfc)]) {
    for (const trail of [...range(0x40, 0x7e), ...range(0x80, 0xfc)]) add(Buffer.of(lead, trail));
  }
  built.set('¥', Buffer.of(0x5c));
  for (const [character, twin] of twins) {
    const octets = built.get(twin);
    if (octets !== undefined && !built.has(character)) built.set(character, octets);
  }
  assert(built.get('住')?.equals(Buffer.of(0x8f, 0x5a)), 'this Node knows Shift_JIS (full ICU)');
  return built;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
