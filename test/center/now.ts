// The moment at which these tests happen: a Tuesday at ten in Japan, when every municipality
// is open; from there the clock runs on.
import { systemClock, toInstant, type Clock } from '#libs/std/clock.js';

const aheadMs = Date.parse('2026-06-16T01:00:00Z') - Date.now();

export const clock: Clock = { ...systemClock, nowMs: () => Date.now() + aheadMs };
export const now = (): string => toInstant(clock.nowMs());
export const kiosk = 'KSK00001';
