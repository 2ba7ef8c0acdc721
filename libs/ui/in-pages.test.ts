import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPages } from './in-pages.js';

describe('a list in pages', () => {
  it('cuts a household of nine into five and four', () => {
    expect(inPages([1, 2, 3, 4, 5, 6, 7, 8, 9], 6)).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9],
    ]);
  });

  it('has one page for nothing', () => {
    expect(inPages([], 6)).toEqual([[]]);
  });

  it('loses nothing, keeps the order and never overfills or wastes a page', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 12 }), (items, atMost) => {
        const pages = inPages(items, atMost);
        expect(pages.flat()).toEqual(items);
        expect(pages.length).toBe(Math.max(1, Math.ceil(items.length / atMost)));
        expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(atMost);
        expect(pages.every((page) => page.length > 0 || items.length === 0)).toBe(true);
      }),
    );
  });
});
