// Reads the tables of a TrueType font that a certificate needs (OpenType 1.9: head, hhea,
// maxp, hmtx, loca, glyf, cmap formats 12 and 14). Ours, and not fontkit's, because fontkit
// answers an unregistered variation sequence with the default glyph and keeps state between
// documents; here a lookup is a pure function of the file.
import { assert } from '#libs/std/assert.js';

/** Tables by tag, as views into the file. Throws `RangeError` or `BrokenInvariant` when the file is no such font. */
export function readTables(font: Buffer): ReadonlyMap<string, Buffer> {
  assert(font.readUInt32BE(0) === 0x00010000, 'a TrueType font starts with version 1.0');
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    const offset = font.readUInt32BE(entry + 8);
    const end = offset + font.readUInt32BE(entry + 12);
    assert(end <= font.length, 'a table lies inside the file');
    tables.set(font.toString('latin1', entry, entry + 4), font.subarray(offset, end));
  }
  return tables;
}

export function getTable(tables: ReadonlyMap<string, Buffer>, tag: string): Buffer {
  const table = tables.get(tag);
  assert(table !== undefined, `the font has a table ${tag}`);
  return table;
}

/** The subtable of `cmap` with this format. */
export function getCmapSubtable(cmap: Buffer, format: 12 | 14): Buffer {
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + i * 8 + 4));
    if (subtable.readUInt16BE(0) === format) return subtable;
  }
  throw new RangeError(`the font has no cmap of format ${format}`);
}

/** Format 12, segmented coverage: code point → glyph id. */
export function readCoverage(subtable: Buffer): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>();
  for (let i = 0; i < subtable.readUInt32BE(12); i++) {
    const group = 16 + i * 12;
    const start = subtable.readUInt32BE(group);
    const end = subtable.readUInt32BE(group + 4);
    const first = subtable.readUInt32BE(group + 8);
    assert(start <= end && end <= 0x10ffff, 'a group of cmap 12 is in order');
    for (let codePoint = start; codePoint <= end; codePoint++) glyphs.set(codePoint, first + codePoint - start);
  }
  return glyphs;
}

/** Selector → base character → glyph id. */
export type VariationTable = ReadonlyMap<number, ReadonlyMap<number, number>>;

/**
 * Format 14, Unicode variation sequences. A sequence of the default table stands for the
 * glyph that the base character has alone; a sequence in neither table is not registered.
 */
export function readVariations(subtable: Buffer, coverage: ReadonlyMap<number, number>): VariationTable {
  const bySelector = new Map<number, ReadonlyMap<number, number>>();
  for (let i = 0; i < subtable.readUInt32BE(6); i++) {
    const record = 10 + i * 11;
    const defaults = subtable.readUInt32BE(record + 3);
    const others = subtable.readUInt32BE(record + 7);
    const sequences = new Map<number, number>();
    for (const base of defaults === 0 ? [] : readDefaultBases(subtable.subarray(defaults))) {
      sequences.set(base, coverage.get(base) ?? 0);
    }
    for (const [base, glyph] of others === 0 ? [] : readMappings(subtable.subarray(others))) sequences.set(base, glyph);
    bySelector.set(subtable.readUIntBE(record, 3), sequences);
  }
  return bySelector;
}

function readDefaultBases(table: Buffer): number[] {
  const bases: number[] = [];
  for (let i = 0; i < table.readUInt32BE(0); i++) {
    const start = table.readUIntBE(4 + i * 4, 3);
    for (let more = 0; more <= table.readUInt8(4 + i * 4 + 3); more++) bases.push(start + more);
  }
  return bases;
}

function readMappings(table: Buffer): [number, number][] {
  return Array.from({ length: table.readUInt32BE(0) }, (_, i) => [table.readUIntBE(4 + i * 5, 3), table.readUInt16BE(4 + i * 5 + 3)]);
}
