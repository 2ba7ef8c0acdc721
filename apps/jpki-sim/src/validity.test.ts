import { expect, it } from 'vitest';
import { endOfDayMs, endOfFifthBirthdayMs, isBirthDate } from './validity.js';

const at = (instant: string): number => Date.parse(instant);

it.each([
  ['2026-11-22T15:00:00Z', '2026-11-23T14:59:59Z'],
  ['2026-11-23T03:00:00Z', '2026-11-23T14:59:59Z'],
  ['2026-11-23T14:59:59Z', '2026-11-23T14:59:59Z'],
  ['2026-11-23T15:00:00Z', '2026-11-24T14:59:59Z'],
])('the day of %s ends in Japan at %s', (time, end) => {
  expect(endOfDayMs(at(time))).toBe(at(end));
});

// The test card of reference §10: birth 02-17, issued 2025-10-27, ends 2030-02-17.
it.each([
  ['19800217', '2025-10-27T03:00:00Z', '2030-02-17T14:59:59Z'],
  ['19800217', '2026-02-17T14:59:58Z', '2030-02-17T14:59:59Z'],
  ['19800217', '2026-02-17T15:00:00Z', '2031-02-17T14:59:59Z'],
  ['20000229', '2026-11-23T03:00:00Z', '2031-03-01T14:59:59Z'],
])('born on %s, issued at %s: to %s', (birthDate, issued, end) => {
  expect(endOfFifthBirthdayMs(birthDate, at(issued))).toBe(at(end));
});

it('knows days that exist', () => {
  expect(['19800217', '20000229', '20241231'].map(isBirthDate)).toEqual([true, true, true]);
  expect(['20200230', '19000229', '20230931', '1980-02-17', '1980217', ''].map(isBirthDate)).toEqual(Array(6).fill(false));
});
