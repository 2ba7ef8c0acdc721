// The typeface of the certificates: IPAmj明朝 (Debian fonts-ipamj-mincho), chosen because it
// draws the 文字情報基盤 characters and their variation sequences (reference: issuance §9).
// The file is opened once per process; every document shares the result, which never changes.
import { existsSync } from 'node:fs';
import { assert } from '#libs/std/assert.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { getCmapSubtable, getTable, readCoverage, readTables, readVariations } from './sfnt.js';

export type FormFonts = {
  readonly bytes: Buffer;
  readonly tables: ReadonlyMap<string, Buffer>;
  readonly unitsPerEm: number;
  /** The glyph of a character alone, or null. */
  findGlyph(codePoint: number): number | null;
  /** The glyph of a registered variation sequence (cmap format 14), or null. */
  findVariation(base: number, selector: number): number | null;
  /** In font units. */
  advanceOf(glyph: number): number;
  /** In font units. */
  sideBearingOf(glyph: number): number;
  /** The bytes of `glyf`; empty for a blank. */
  outlineOf(glyph: number): Buffer;
};

export type FontFault = { readonly code: 'font-unreadable'; readonly detail: string };

/** Debian's and Ubuntu's package, then the administrator's own copy; the first that exists is taken when no path is configured. */
export const fontSearchPaths: readonly string[] = ['/usr/share/fonts/truetype/ipamj/ipamjm.ttf', '/usr/local/share/fonts/ipamjm.ttf'];

export function findFontPath(): string | null {
  return fontSearchPaths.find((path) => existsSync(path)) ?? null;
}

/** Once per process: `bytes` is the whole file, which must not change afterwards. */
export function openFormFonts(bytes: Buffer): Result<FormFonts, FontFault> {
  try {
    return ok(open(bytes));
  } catch (fault) {
    return err({ code: 'font-unreadable', detail: fault instanceof Error ? fault.message : 'unknown' });
  }
}

function open(bytes: Buffer): FormFonts {
  const tables = readTables(bytes);
  const cmap = getTable(tables, 'cmap');
  const coverage = readCoverage(getCmapSubtable(cmap, 12));
  const variations = readVariations(getCmapSubtable(cmap, 14), coverage);
  const head = getTable(tables, 'head');
  const [loca, glyf, hmtx] = [getTable(tables, 'loca'), getTable(tables, 'glyf'), getTable(tables, 'hmtx')];
  const ownMetrics = getTable(tables, 'hhea').readUInt16BE(34);
  assert(head.readInt16BE(50) === 1, 'the font has a loca table of 32-bit offsets');
  return {
    bytes,
    tables,
    unitsPerEm: head.readUInt16BE(18),
    findGlyph: (codePoint) => registered(coverage.get(codePoint)),
    findVariation: (base, selector) => registered(variations.get(selector)?.get(base)),
    advanceOf: (glyph) => hmtx.readUInt16BE(Math.min(glyph, ownMetrics - 1) * 4),
    sideBearingOf: (glyph) => hmtx.readInt16BE(glyph < ownMetrics ? glyph * 4 + 2 : ownMetrics * 4 + (glyph - ownMetrics) * 2),
    outlineOf: (glyph) => glyf.subarray(loca.readUInt32BE(glyph * 4), loca.readUInt32BE(glyph * 4 + 4)),
  };
}

/** Glyph 0 is .notdef, the picture of a missing character. */
function registered(glyph: number | undefined): number | null {
  return glyph === undefined || glyph === 0 ? null : glyph;
}
