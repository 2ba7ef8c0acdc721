// The times of a message: DE7 in UTC, DE12 and DE13 in Japan's own (no summer time since
// 1951), and the retrieval reference number that is built from them.
import { assert } from '#libs/std/assert.js';
import { dayMs, japanOffsetMs } from '#libs/std/clock.js';

export type MessageTimes = {
  /** DE7, MMDDhhmmss in UTC. */
  readonly transmissionTime: string;
  /** DE12, hhmmss in JST. */
  readonly localTime: string;
  /** DE13, MMDD in JST. */
  readonly localDate: string;
};

export function messageTimes(epochMs: number): MessageTimes {
  const utc = digits(epochMs);
  const local = digits(epochMs + japanOffsetMs);
  return { transmissionTime: utc.slice(4), localTime: local.slice(8), localDate: local.slice(4, 8) };
}

/** DE37: last digit of the year, day of the year, hour, all in UTC, and the STAN. */
export function retrievalReferenceNumber(epochMs: number, stan: string): string {
  assert(/^\d{6}$/.test(stan), 'stan');
  const at = new Date(epochMs);
  const day = Math.floor((epochMs - Date.UTC(at.getUTCFullYear(), 0, 1)) / dayMs) + 1;
  return `${at.getUTCFullYear() % 10}${String(day).padStart(3, '0')}${digits(epochMs).slice(8, 10)}${stan}`;
}

/** YYYYMMDD of the day in Japan. */
export function dateInJapan(epochMs: number): string {
  return digits(epochMs + japanOffsetMs).slice(0, 8);
}

/** YYYYMMDDhhmmss */
function digits(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\D/g, '').slice(0, 14);
}
