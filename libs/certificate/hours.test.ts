import { describe, expect, test } from 'vitest';
import type { OpenHours } from '#libs/contract/register.js';
import { japaneseDate, openingAt } from './hours.js';

const daily = { from: '06:30', until: '23:00' };
const usual: OpenHours = {
  weekly: [daily, daily, daily, daily, daily, daily, daily],
  closedDays: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
  special: [
    { date: '2026-11-25', hours: null },
    { date: '2026-11-26', hours: { from: '12:00', until: '13:00' } },
  ],
};
const at = (local: string): number => Date.parse(`${local}+09:00`);

describe('the day in Japan', () => {
  test('begins at 15:00 UTC', () => {
    expect(japaneseDate(Date.parse('2026-11-23T14:59:59Z'))).toBe('2026-11-23');
    expect(japaneseDate(Date.parse('2026-11-23T15:00:00Z'))).toBe('2026-11-24');
  });
});

describe('hours', () => {
  test('hold from the first minute until before the last', () => {
    expect(openingAt(usual, at('2026-11-23T06:30:00'))).toEqual({ open: true });
    expect(openingAt(usual, at('2026-11-23T22:59:59'))).toEqual({ open: true });
    expect(openingAt(usual, at('2026-11-23T23:00:00')).open).toBe(false);
  });

  test.each([
    ['before opening, today', '2026-11-23T06:29:59', '2026-11-23T06:30:00', 'ただいまは受付時間外です。本日6時30分から受け付けます。'],
    [
      'after closing, tomorrow',
      '2026-11-23T23:00:00',
      '2026-11-24T06:30:00',
      'ただいまは受付時間外です。11月24日（火）6時30分から受け付けます。',
    ],
    [
      'over a maintenance day',
      '2026-11-24T23:30:00',
      '2026-11-26T12:00:00',
      'ただいまは受付時間外です。11月26日（木）12時から受け付けます。',
    ],
    [
      'after a short day',
      '2026-11-26T13:00:00',
      '2026-11-27T06:30:00',
      'ただいまは受付時間外です。11月27日（金）6時30分から受け付けます。',
    ],
    [
      'over the turn of the year',
      '2026-12-29T10:00:00',
      '2027-01-04T06:30:00',
      'ただいまは受付時間外です。1月4日（月）6時30分から受け付けます。',
    ],
  ])('closed %s', (...[, now, opens, sentence]) => {
    expect(openingAt(usual, at(now))).toEqual({ open: false, opensAtMs: at(opens), sentence });
  });

  test('weekday hours skip the weekend', () => {
    const office = { from: '09:00', until: '17:00' };
    const weekdays: OpenHours = { weekly: [null, office, office, office, office, office, null], closedDays: [], special: [] };
    expect(openingAt(weekdays, at('2026-11-27T17:00:00'))).toMatchObject({ open: false, opensAtMs: at('2026-11-30T09:00:00') });
  });

  test('what never opens says so', () => {
    const never: OpenHours = { weekly: [null, null, null, null, null, null, null], closedDays: [], special: [] };
    expect(openingAt(never, at('2026-11-27T17:00:00'))).toMatchObject({ open: false, opensAtMs: null });
  });

  test('24:00 is the end of the day', () => {
    const allDay = { from: '00:00', until: '24:00' };
    const always: OpenHours = { weekly: [allDay, allDay, allDay, allDay, allDay, allDay, allDay], closedDays: [], special: [] };
    expect(openingAt(always, at('2026-11-27T23:59:59'))).toEqual({ open: true });
    expect(openingAt(always, at('2026-11-28T00:00:00'))).toEqual({ open: true });
  });
});
