import { describe, expect, it } from 'vitest';
import { businessDate } from './business-date.js';

const holidays = new Set(['2026-11-23']);
/** Noon in Japan. */
const noon = (date: string): number => Date.parse(`${date}T12:00:00+09:00`);

describe('the business date', () => {
  it.each([
    ['a Sunday before a holiday, the Tuesday', '2026-11-22', '20261124'],
    ['a Saturday, the Monday', '2026-11-28', '20261130'],
    ['a weekday, itself', '2026-11-24', '20261124'],
    ['the banks’ new year, the first business day after it', '2026-12-31', '20270104'],
    ['a new year that ends on a weekend, the Monday', '2025-01-03', '20250106'],
  ])('of %s', (_name, day, expected) => {
    expect(businessDate(noon(day), holidays)).toBe(expected);
  });

  it('changes at midnight in Japan, not in Greenwich', () => {
    expect(businessDate(Date.parse('2026-11-24T23:59:59+09:00'), holidays)).toBe('20261124');
    expect(businessDate(Date.parse('2026-11-25T00:00:00+09:00'), holidays)).toBe('20261125');
  });
});
