import { describe, expect, test } from 'vitest';
import { BrokenInvariant } from '#libs/std/assert.js';
import { formatGregorian, formatWareki } from './wareki.js';

describe('和暦', () => {
  test.each([
    ['2026-11-16', '令和８年１１月１６日'],
    ['2019-05-01', '令和元年５月１日'],
    ['2019-12-31', '令和元年１２月３１日'],
    ['2020-01-01', '令和２年１月１日'],
    ['2019-04-30', '平成３１年４月３０日'],
    ['1989-01-08', '平成元年１月８日'],
    ['1989-01-07', '昭和６４年１月７日'],
    ['1926-12-25', '昭和元年１２月２５日'],
    ['1926-12-24', '大正１５年１２月２４日'],
    ['1912-07-30', '大正元年７月３０日'],
    ['1912-07-29', '明治４５年７月２９日'],
    ['1868-01-25', '明治元年１月２５日'],
    ['1868-01-24', '１８６８年１月２４日'],
    ['2024-02-29', '令和６年２月２９日'],
  ])('%s is %s', (date, text) => {
    expect(formatWareki(date)).toBe(text);
  });

  test.each([
    ['1945-03-00', '昭和２０年３月日不詳'],
    ['1945-03-99', '昭和２０年３月日不詳'],
    ['1945-00-00', '昭和２０年月日不詳'],
    ['1945-99-99', '昭和２０年月日不詳'],
    ['0000-00-00', '年月日不詳'],
    ['9999-99-99', '年月日不詳'],
  ])('unknown parts: %s is %s', (date, text) => {
    expect(formatWareki(date)).toBe(text);
  });

  test.each([
    ['1989-00-00', '昭和６４（平成元）年月日不詳'],
    ['1989-01-00', '昭和６４（平成元）年１月日不詳'],
    ['1989-02-00', '平成元年２月日不詳'],
    ['2019-00-00', '平成３１（令和元）年月日不詳'],
    ['2019-05-00', '令和元年５月日不詳'],
    ['2019-04-00', '平成３１年４月日不詳'],
    ['1926-12-00', '大正１５（昭和元）年１２月日不詳'],
  ])('where the era itself is unknown both are named: %s', (date, text) => {
    expect(formatWareki(date)).toBe(text);
  });

  test.each(['2026-13-01', '2026-02-30', '2025-02-29', '0000-01-01', '2026-00-05', '令和8年', '2026-1-1', ''])(
    '%j is no date of a register',
    (date) => {
      expect(() => formatWareki(date)).toThrow(BrokenInvariant);
    },
  );

  test('every day from 1868 to 2029 has an era and a year in it', () => {
    const days = Array.from({ length: 59_146 }, (_, i) => new Date(Date.UTC(1868, 0, 25 + i)).toISOString().slice(0, 10));
    const form = /^(明治|大正|昭和|平成|令和)(元|[１-９][０-９]?)年([１-９]|１[０-２])月[１-３]?[０-９]日$/;
    expect(days.filter((day) => !form.test(formatWareki(day)))).toEqual([]);
  });
});

test('foreign residents: the Gregorian calendar', () => {
  expect(formatGregorian('1985-04-01')).toBe('１９８５年４月１日');
  expect(formatGregorian('1985-04-00')).toBe('１９８５年４月日不詳');
  expect(formatGregorian('1985-99-99')).toBe('１９８５年月日不詳');
  expect(formatGregorian('9999-99-99')).toBe('年月日不詳');
});
