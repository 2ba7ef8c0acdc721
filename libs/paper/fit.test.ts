import { describe, expect, test } from 'vitest';
import { fitText } from './fit.js';
import type { Glyph } from './glyph-check.js';
import type { Place } from './place.js';

const place: Place = { xMm: 10, yMm: 20, widthMm: 40, heightMm: 8, align: 'left', sizeMm: 4, oneLineMinMm: 3, twoLinesMinMm: 2 };

function glyphs(text: string): Glyph[] {
  return Array.from(text, (character) => ({ id: 1, text: character, advanceEm: 1 }));
}

function linesOf(text: string, at: Place = place): string[] | undefined {
  return fitText(glyphs(text), at)?.lines.map((line) => line.glyphs.map((glyph) => glyph.text).join(''));
}

describe('a text becomes smaller, then two lines, then is refused', () => {
  test.each([
    [10, 4, 1],
    [11, 3.6, 1],
    [13, 3.05, 1],
    [14, 3.85, 2],
    [20, 3.85, 2],
    [26, 3.05, 2],
    [40, 2, 2],
  ])('%d characters: %d mm on %d lines', (length, sizeMm, lines) => {
    const fitted = fitText(glyphs('字'.repeat(length)), place);
    expect(fitted?.sizeMm).toBeCloseTo(sizeMm, 6);
    expect(fitted?.lines).toHaveLength(lines);
    expect(fitted?.lines.flatMap((line) => line.glyphs)).toHaveLength(length);
  });

  test('41 characters do not fit, and 14 do not where one line is all there is', () => {
    expect(fitText(glyphs('字'.repeat(41)), place)).toBeNull();
    expect(fitText(glyphs('字'.repeat(14)), { ...place, twoLinesMinMm: null })).toBeNull();
    expect(fitText(glyphs('字'.repeat(13)), { ...place, twoLinesMinMm: null })).not.toBeNull();
  });
});

describe('two lines', () => {
  test('break between words, as evenly as they can', () => {
    expect(linesOf('あいうえお　かきくけこ　さしすせそ　た')).toEqual(['あいうえお　かきくけこ　', 'さしすせそ　た']);
  });

  test('break inside a word rather than become unreadable', () => {
    expect(linesOf('あ　いうえおかきくけこさしすせそたちつてと')).toEqual(['あ　いうえおかきくけこ', 'さしすせそたちつてと']);
  });

  test('stay inside their place', () => {
    const fitted = fitText(glyphs('字'.repeat(20)), place);
    const [first, second] = fitted?.lines ?? [];
    expect((first?.baselineMm ?? 0) - 0.88 * (fitted?.sizeMm ?? 0)).toBeGreaterThan(place.yMm);
    expect((second?.baselineMm ?? 0) + 0.12 * (fitted?.sizeMm ?? 0)).toBeLessThan(place.yMm + place.heightMm);
  });
});

describe('across the place', () => {
  const two = glyphs('男女');
  test.each([
    ['left', 10, 0],
    ['center', 26, 0],
    ['right', 42, 0],
    ['spread', 10, 32],
  ] as const)('%s', (align, xMm, spacingMm) => {
    const line = fitText(two, { ...place, align })?.lines[0];
    expect(line?.xMm).toBeCloseTo(xMm, 6);
    expect(line?.spacingMm).toBeCloseTo(spacingMm, 6);
  });

  test('a single character is spread to the middle, and none is nothing', () => {
    expect(fitText(glyphs('男'), { ...place, align: 'spread' })?.lines[0]?.xMm).toBeCloseTo(28, 6);
    expect(fitText([], place)?.lines[0]?.glyphs).toEqual([]);
  });
});
