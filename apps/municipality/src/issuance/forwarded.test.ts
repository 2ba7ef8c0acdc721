import { expect, test } from 'vitest';
import { limits } from '../limits.js';
import { isWithin } from './forwarded.js';

test.each([
  ['of now', 0, true],
  ['just old enough to count', 600_000, true],
  ['a millisecond too old', 600_001, false],
  ['ahead by what clocks may differ', -limits.clockApartMs, true],
  ['a millisecond further ahead', -limits.clockApartMs - 1, false],
  ['of a time that does not exist', Date.parse('2026-13-01T00:00:00Z'), false],
  ['of the end of time', Number.POSITIVE_INFINITY, false],
  ['from its beginning', Number.NEGATIVE_INFINITY, false],
])('a message %s is within ten minutes: %d → %s', (_name, ageMs, expected) => {
  expect(isWithin(ageMs, 600_000)).toBe(expected);
});
