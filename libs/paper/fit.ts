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

/** Between words (names, 番地 and 方書) unless that costs too much of the size; otherwise where the first line is full. */
function fitTwoLines(glyphs: readonly Glyph[], place: Place, minMm: number): FittedText | null {
  const largestMm = down(Math.min(place.sizeMm, (place.heightMm - 2 * limits.clearanceMm) / 2));
  const betweenWords = findSize({ largestMm, minMm }, (sizeMm) => breakBetweenWords(glyphs, place.widthMm / sizeMm));
  const anywhere = findSize({ largestMm, minMm }, (sizeMm) => breakWhereFull(glyphs, place.widthMm / sizeMm));
  if (anywhere === null) return null;
  const chosen = betweenWords !== null && betweenWords.sizeMm >= anywhere.sizeMm * limits.wordBreakRatio ? betweenWords : anywhere;
  return set(chosen.lines, chosen.sizeMm, place);
}

type Lines = readonly (readonly Glyph[])[];
type SizedLines = { readonly sizeMm: number; readonly lines: Lines };

/** The largest size at which the text breaks into two lines that fit. */
function findSize(
  range: { readonly largestMm: number; readonly minMm: number },
  breakAt: (sizeMm: number) => Lines | null,
): SizedLines | null {
  for (let sizeMm = range.largestMm; sizeMm >= range.minMm - 1e-9; sizeMm = down(sizeMm - limits.shrinkStepMm)) {
    const lines = breakAt(sizeMm);
    if (lines !== null) return { sizeMm, lines };
  }
  return null;
}

/** To a whole step, so that a size never depends on the last bit of a quotient. */
function down(mm: number): number {
  return Math.floor(mm / limits.shrinkStepMm + 1e-6) * limits.shrinkStepMm;
}

/** After the space that leaves the two lines most alike. */
function breakBetweenWords(glyphs: readonly Glyph[], availableEm: number): Lines | null {
  const breaks = glyphs.flatMap((glyph, i) => {
    if (!isSpace(glyph)) return [];
    const lines: Lines = [glyphs.slice(0, i + 1), glyphs.slice(i + 1)];
    return [{ lines, longerEm: Math.max(...lines.map(widthEm)) }];
  });
  const best = breaks.toSorted((a, b) => a.longerEm - b.longerEm)[0];
  return best === undefined || best.longerEm > availableEm + 1e-9 ? null : best.lines;
}

function breakWhereFull(glyphs: readonly Glyph[], availableEm: number): Lines | null {
  let full = 0;
  for (let em = 0; full < glyphs.length; full++) {
    em += glyphs[full]?.advanceEm ?? 0;
    if (em > availableEm + 1e-9) break;
  }
  const rest = glyphs.slice(full);
  return widthEm(rest) > availableEm + 1e-9 ? null : [glyphs.slice(0, full), rest];
}

function isSpace(glyph: Glyph | undefined): boolean {
  return glyph?.text === '\u3000' || glyph?.text === ' ';
}

function set(lines: Lines, sizeMm: number, place: Place): FittedText {
  const pitchMm = Math.min(sizeMm * linePitchEm, place.heightMm - sizeMm - 2 * limits.clearanceMm);
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
