// Which glyph stands for each character of a text (Unicode 17 §23.4, UTS #37), decided before
// anything is drawn. Only these glyphs are drawn afterwards: no feature of the font, no
// fallback and no other font can put a different picture on the sheet. A character or a
// variation sequence that the font does not have refuses the whole text, because an
// unregistered sequence would otherwise look like the plain character: another name.
import { err, ok, type Result } from '#libs/std/result.js';
import type { FormFonts } from './fonts.js';
import type { PaperRefusal } from './refusal.js';

/** One glyph and the character or variation sequence that it stands for. */
export type Glyph = { readonly id: number; readonly text: string; readonly advanceEm: number };

const spaces = new Set([' ', '\u3000']);
// A combining mark would be drawn beside its base, a format character not at all, and what a
// private-use character means depends on whose font it was made for.
const neverPrinted = /[\p{M}\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u;
/** 〓 (geta) and U+FFFD: where a system before ours had no character for it. A name with one is nobody's. */
const standsForAnother = new Set(['\u3013', '\ufffd']);

export function isVariationSelector(codePoint: number): boolean {
  return (codePoint >= 0xfe00 && codePoint <= 0xfe0f) || (codePoint >= 0xe0100 && codePoint <= 0xe01ef);
}

/** The glyphs of `text` in order, or the code points of the first character that is not to be had. */
export function findGlyphs(text: string, fonts: FormFonts): Result<readonly Glyph[], readonly number[]> {
  const codePoints = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const glyphs: Glyph[] = [];
  for (let i = 0; i < codePoints.length; i++) {
    const sequence = codePoints.slice(i, isVariationSelector(codePoints[i + 1] ?? 0) ? i + 2 : i + 1);
    const id = findGlyphId(sequence, fonts);
    if (id === null) return err(sequence);
    glyphs.push({ id, text: String.fromCodePoint(...sequence), advanceEm: fonts.advanceOf(id) / fonts.unitsPerEm });
    i += sequence.length - 1;
  }
  return ok(glyphs);
}

function findGlyphId(sequence: readonly number[], fonts: FormFonts): number | null {
  const [base = 0, selector] = sequence;
  const character = String.fromCodePoint(base);
  if (neverPrinted.test(character) || standsForAnother.has(character)) return null;
  const id = selector === undefined ? fonts.findGlyph(base) : fonts.findVariation(base, selector);
  if (id === null) return null;
  const blank = fonts.outlineOf(id).length === 0;
  return blank && !spaces.has(character) ? null : id;
}

/** Every field of a page, by its name. Refuses at the first field that cannot be drawn. */
export function checkGlyphs(
  fields: Readonly<Record<string, string>>,
  fonts: FormFonts,
): Result<ReadonlyMap<string, readonly Glyph[]>, PaperRefusal> {
  const glyphsOf = new Map<string, readonly Glyph[]>();
  for (const [field, text] of Object.entries(fields)) {
    const found = findGlyphs(text, fonts);
    if (!found.ok) return err({ code: 'glyph-missing', field, codePoints: found.error });
    // A field that leaves its place white is a fault of the register; 【空欄】 is how nothing is said.
    if (found.value.every((glyph) => spaces.has(glyph.text))) return err({ code: 'glyph-missing', field, codePoints: [] });
    glyphsOf.set(field, found.value);
  }
  return ok(glyphsOf);
}
