// Fits a text into its place: smaller, then on two lines, then not at all. A certificate
// never shows a part of a name (reference: issuance §9, 文字溢れ).
import type { Glyph } from './glyph-check.js';
import { limits } from './limits.js';
import type { Place } from './place.js';

export type FittedLine = {
  readonly glyphs: readonly Glyph[];
  readonly xMm: number;
  readonly baselineMm: number;
  /** Added after every glyph. */
  readonly spacingMm: number;
};
export type FittedText = { readonly sizeMm: number; readonly lines: readonly FittedLine[] };

/** The em square of a Japanese typeface: 0.88 above the baseline, 0.12 below. */
const middleAboveBaselineEm = 0.38;
const linePitchEm = 1.12;

/** Null when the text does not fit. */
export function fitText(glyphs: readonly Glyph[], place: Place): FittedText | null {
  const sizeMm = down(Math.min(place.sizeMm, place.heightMm, place.widthMm / Math.max(widthEm(glyphs), 1e-6)));
  if (sizeMm >= place.oneLineMinMm) return set([glyphs], sizeMm, place);
  return place.twoLinesMinMm === null ? null : fitTwoLines(glyphs, place, place.twoLinesMinMm);
}

function fitTwoLines(glyphs: readonly Glyph[], place: Place, minMm: number): FittedText | null {
  const largest = down(Math.min(place.sizeMm, place.heightMm / 2));
  for (let sizeMm = largest; sizeMm >= minMm; sizeMm = down(sizeMm - limits.shrinkStepMm)) {
    const lines = breakInTwo(glyphs, place.widthMm / sizeMm);
    if (lines !== null) return set(lines, sizeMm, place);
  }
  return null;
}

/** To a whole step, so that a size never depends on the last bit of a quotient. */
function down(mm: number): number {
  return Math.floor(mm / limits.shrinkStepMm + 1e-6) * limits.shrinkStepMm;
}

/** After the last space that leaves both lines fitting (between names, before 方書); otherwise where the first line is full. */
function breakInTwo(glyphs: readonly Glyph[], availableEm: number): readonly (readonly Glyph[])[] | null {
  const fits = (from: number, to: number): boolean => widthEm(glyphs.slice(from, to)) <= availableEm + 1e-9;
  let full = 0;
  while (full < glyphs.length && fits(0, full + 1)) full++;
  if (!fits(full, glyphs.length)) return null;
  for (let at = full; at > 0; at--) {
    if (!fits(at, glyphs.length)) break;
    if (isSpace(glyphs[at - 1])) return [glyphs.slice(0, at), glyphs.slice(at)];
  }
  return [glyphs.slice(0, full), glyphs.slice(full)];
}

function isSpace(glyph: Glyph | undefined): boolean {
  return glyph?.text === '\u3000' || glyph?.text === ' ';
}

function set(lines: readonly (readonly Glyph[])[], sizeMm: number, place: Place): FittedText {
  const pitchMm = Math.min(sizeMm * linePitchEm, place.heightMm / lines.length);
  const firstMiddleMm = place.yMm + place.heightMm / 2 - ((lines.length - 1) * pitchMm) / 2;
  return {
    sizeMm,
    lines: lines.map((glyphs, i) => ({
      glyphs,
      ...across(glyphs, sizeMm, place),
      baselineMm: firstMiddleMm + i * pitchMm + middleAboveBaselineEm * sizeMm,
    })),
  };
}

function across(glyphs: readonly Glyph[], sizeMm: number, place: Place): { xMm: number; spacingMm: number } {
  const leftMm = place.widthMm - widthEm(glyphs) * sizeMm;
  switch (place.align) {
    case 'left':
      return { xMm: place.xMm, spacingMm: 0 };
    case 'center':
      return { xMm: place.xMm + leftMm / 2, spacingMm: 0 };
    case 'right':
      return { xMm: place.xMm + leftMm, spacingMm: 0 };
    case 'spread':
      return glyphs.length < 2
        ? { xMm: place.xMm + leftMm / 2, spacingMm: 0 }
        : { xMm: place.xMm, spacingMm: leftMm / (glyphs.length - 1) };
  }
}

function widthEm(glyphs: readonly Glyph[]): number {
  return glyphs.reduce((sum, glyph) => sum + glyph.advanceEm, 0);
}
