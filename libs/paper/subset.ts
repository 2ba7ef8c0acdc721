// The part of the font that one document needs, as a TrueType file for FontFile2 (ISO
// 32000-1 §9.9): the outlines are copied byte for byte, and what a CIDFontType2 with
// Identity-H does not need (cmap, names, layout tables) is left out.
import type { FormFonts } from './fonts.js';
import { getTable } from './sfnt.js';

/** Component flags of a composite glyph (OpenType 1.9, glyf). */
const component = { wideArguments: 0x0001, scale: 0x0008, more: 0x0020, twoScales: 0x0040, matrix: 0x0080 } as const;

/**
 * `glyphs[i]` becomes glyph `i` of the result; `glyphs[0]` must be 0, .notdef. Components of
 * composite glyphs are added behind.
 */
export function subsetFont(fonts: FormFonts, glyphs: readonly number[]): Buffer {
  const all = [...glyphs];
  const outlines: Buffer[] = [];
  for (let i = 0; i < all.length; i++) outlines.push(copyOutline(fonts, all[i] ?? 0, all));
  const offsets = Buffer.alloc((all.length + 1) * 4);
  let end = 0;
  const padded = outlines.flatMap((outline, i) => {
    end += outline.length + (-outline.length & 3);
    offsets.writeUInt32BE(end, (i + 1) * 4);
    return [outline, Buffer.alloc(-outline.length & 3)];
  });
  const kept = ['cvt ', 'fpgm', 'prep'].flatMap((tag): [string, Buffer][] => {
    const table = fonts.tables.get(tag);
    return table === undefined ? [] : [[tag, table]];
  });
  return writeTables([
    ...kept,
    ['glyf', Buffer.concat(padded)],
    ['head', patched(fonts, 'head', (head) => head.writeUInt32BE(0, 8))],
    ['hhea', patched(fonts, 'hhea', (hhea) => hhea.writeUInt16BE(all.length, 34))],
    ['hmtx', metrics(fonts, all)],
    ['loca', offsets],
    ['maxp', patched(fonts, 'maxp', (maxp) => maxp.writeUInt16BE(all.length, 4))],
  ]);
}

function patched(fonts: FormFonts, tag: string, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(getTable(fonts.tables, tag));
  change(copy);
  return copy;
}

function metrics(fonts: FormFonts, glyphs: readonly number[]): Buffer {
  const table = Buffer.alloc(glyphs.length * 4);
  glyphs.forEach((glyph, i) => {
    table.writeUInt16BE(fonts.advanceOf(glyph), i * 4);
    table.writeInt16BE(fonts.sideBearingOf(glyph), i * 4 + 2);
  });
  return table;
}

/** Composite glyphs name their components by glyph id, which is another one in the subset. */
function copyOutline(fonts: FormFonts, glyph: number, all: number[]): Buffer {
  const source = fonts.outlineOf(glyph);
  if (source.length === 0 || source.readInt16BE(0) >= 0) return source;
  const copy = Buffer.from(source);
  for (let at = 10, flags: number = component.more; (flags & component.more) !== 0;) {
    flags = copy.readUInt16BE(at);
    const part = copy.readUInt16BE(at + 2);
    if (!all.includes(part)) all.push(part);
    copy.writeUInt16BE(all.indexOf(part), at + 2);
    at += 4 + ((flags & component.wideArguments) === 0 ? 2 : 4) + scaleLength(flags);
  }
  return copy;
}

function scaleLength(flags: number): number {
  if ((flags & component.scale) !== 0) return 2;
  if ((flags & component.twoScales) !== 0) return 4;
  return (flags & component.matrix) === 0 ? 0 : 8;
}

function writeTables(tables: readonly (readonly [string, Buffer])[]): Buffer {
  const power = Math.floor(Math.log2(tables.length));
  const header = Buffer.alloc(12 + tables.length * 16);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(tables.length, 4);
  header.writeUInt16BE(16 << power, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE(tables.length * 16 - (16 << power), 10);
  const parts: Buffer[] = [header];
  let offset = header.length;
  tables.forEach(([tag, table], i) => {
    const padded = Buffer.concat([table, Buffer.alloc(-table.length & 3)]);
    const entry = 12 + i * 16;
    header.write(tag, entry, 'latin1');
    header.writeUInt32BE(checksum(padded), entry + 4);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(table.length, entry + 12);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(padded: Buffer): number {
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}
