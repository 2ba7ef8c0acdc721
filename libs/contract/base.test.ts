import { describe, expect, it } from 'vitest';
import { instant, municipalityCode } from './base.js';

describe('an instant', () => {
  it.each(['2026-06-16T01:00:00Z', '2024-02-29T23:59:59Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'is a time that exists: %s',
    (text) => {
      expect(instant.safeParse(text).success).toBe(true);
      expect(new Date(Date.parse(instant.parse(text))).toISOString().slice(0, 19)).toBe(text.slice(0, 19));
    },
  );

  it.each([
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['day 0', '2026-04-00T00:00:00Z'],
    ['24 o’clock', '2026-04-01T24:00:00Z'],
    ['minute 60', '2026-04-01T00:60:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['all nines', '9999-99-99T99:99:99Z'],
    ['milliseconds', '2026-04-01T00:00:00.000Z'],
    ['another zone', '2026-04-01T09:00:00+09:00'],
    ['a trailing line', '2026-04-01T00:00:00Z\n'],
    ['nothing', ''],
  ])('is not %s', (_name, text) => {
    expect(instant.safeParse(text).success).toBe(false);
  });
});

describe('a municipality code', () => {
  it.each(['991015', '992020', '131016', '011002'])('has the right check digit: %s', (code) => {
    expect(municipalityCode.safeParse(code).success).toBe(true);
  });

  it('has no other check digit, and six digits', () => {
    const others = Array.from('012346789', (digit) => `99101${digit}`);
    for (const code of [...others, '99101', '9910155', '99101５', '', ' 991015'])
      expect(municipalityCode.safeParse(code).success).toBe(false);
  });
});
