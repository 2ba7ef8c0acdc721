// The typeface is the real one; fontkit reads the same file as a second opinion.
import { readFileSync } from 'node:fs';
import { create } from 'fontkit';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { findFontPath, openFormFonts, type FormFonts } from './fonts.js';
import { findGlyphs } from './glyph-check.js';
import { getCmapSubtable, getTable, readCoverage, readTables, readVariations } from './sfnt.js';
import { subsetFont } from './subset.js';

// Reading 46 MB takes what it takes on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let bytes: Buffer;
let fonts: FormFonts;
beforeAll(() => {
  const path = findFontPath();
  assert(path !== null, 'the Debian package fonts-ipamj-mincho is installed');
  bytes = readFileSync(path);
  const opened = openFormFonts(bytes);
  assert(opened.ok, 'the typeface opens');
  fonts = opened.value;
});

describe('IPAmj Mincho', () => {
  test('every character has the glyph and the width that fontkit finds', () => {
    const second = create(bytes);
    const coverage = readCoverage(getCmapSubtable(getTable(readTables(bytes), 'cmap'), 12));
    expect(coverage.size).toBeGreaterThan(50_000);
    const differing = [...coverage.keys()].filter((codePoint) => {
      const glyph = second.glyphForCodePoint(codePoint);
      const ours = fonts.findGlyph(codePoint) ?? 0;
      return glyph.id !== ours || glyph.advanceWidth !== fonts.advanceOf(ours);
    });
    expect(differing).toEqual([]);
  });

  test('every registered variation sequence has the glyph that fontkit finds', () => {
    const second = create(bytes);
    const cmap = getTable(readTables(bytes), 'cmap');
    const variations = readVariations(getCmapSubtable(cmap, 14), readCoverage(getCmapSubtable(cmap, 12)));
    const sequences = [...variations].flatMap(([selector, bases]) => [...bases.keys()].map((base) => [base, selector] as const));
    expect(sequences).toHaveLength(11_474);
    const differing = sequences.filter(([base, selector]) => {
      const [glyph] = second.glyphsForString(String.fromCodePoint(base, selector));
      return glyph?.id !== fonts.findVariation(base, selector);
    });
    expect(differing).toEqual([]);
  });

  test('the sequences of the reference are there, and those of another collection are not', () => {
    for (const selector of [0xe0102, 0xe0103, 0xe0104, 0xe0105, 0xe0106, 0xe0107, 0xe0108]) {
      expect(fonts.findVariation(0x845b, selector)).not.toBeNull();
    }
    for (const base of Array.from('葛辻邉邊齋斎', (c) => c.codePointAt(0) ?? 0)) {
      expect(fonts.findVariation(base, 0xe0100)).toBeNull();
      expect(fonts.findVariation(base, 0xe0101)).toBeNull();
    }
  });
});

describe('the subset', () => {
  test('is a font whose glyphs are the ones asked for, byte for byte', () => {
    const found = findGlyphs('䶒藤\u{e0103}渡𮞽葛\u{e0104}１A', fonts);
    assert(found.ok, 'the font has them');
    const ids = [0, ...found.value.map((glyph) => glyph.id)];
    const subset = subsetFont(fonts, ids);
    const second = create(subset);
    const original = create(bytes);
    expect(second.numGlyphs).toBe(ids.length);
    for (const [i, id] of ids.entries()) {
      expect(second.getGlyph(i).path.commands).toEqual(original.getGlyph(id).path.commands);
      expect(second.getGlyph(i).advanceWidth).toBe(original.getGlyph(id).advanceWidth);
    }
    expect(subset.length).toBeLessThan(20_000);
  });

  test('brings the components of composite glyphs along', () => {
    // Two components: flags (more, words), glyph, offsets; then the last, with a scale.
    const composite = Buffer.from('ffff000000000000000000210003000000000008000500004000', 'hex');
    const simple = Buffer.from('0001000000000000000000000000', 'hex');
    const made: FormFonts = { ...fonts, outlineOf: (glyph) => (glyph === 7 ? composite : simple) };
    const tables = readTables(subsetFont(made, [0, 7]));
    expect(getTable(tables, 'maxp').readUInt16BE(4)).toBe(4);
    const copied = getTable(tables, 'glyf').subarray(16, 16 + composite.length);
    expect([copied.readUInt16BE(12), copied.readUInt16BE(20)]).toEqual([2, 3]);
  });
});

describe('a file that is no such font is a fault, not a crash', () => {
  test.each([
    ['an empty file', () => Buffer.alloc(0)],
    ['a text', () => Buffer.from('this is not a font at all, whatever its name says')],
    ['a font cut short', () => bytes.subarray(0, 100_000)],
    ['a font without variation sequences', () => withoutFormat14(bytes)],
  ])('%s', (_, make) => {
    const opened = openFormFonts(make());
    expect(opened.ok ? null : opened.error.code).toBe('font-unreadable');
  });

  function withoutFormat14(font: Buffer): Buffer {
    const copy = Buffer.from(font);
    const cmap = readTables(copy).get('cmap') ?? Buffer.alloc(0);
    getCmapSubtable(cmap, 14).writeUInt16BE(4, 0);
    return copy;
  }
});
