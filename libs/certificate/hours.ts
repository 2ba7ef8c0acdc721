// When a certificate can be had (issuance §2.3): by weekday, with closed days of every year
// and special days. Japan has one time zone and no summer time, so its clock is UTC + 9.
import type { OpenHours } from '#libs/contract/register.js';
import { dayMs, japanOffsetMs, minuteMs } from '#libs/std/clock.js';
import { limits } from './limits.js';

const weekdays = ['日', '月', '火', '水', '木', '金', '土'];

export type Opening =
  { readonly open: true } | { readonly open: false; readonly opensAtMs: number | null; /** For the citizen. */ readonly sentence: string };

/** The day in Japan, YYYY-MM-DD. */
export function japaneseDate(epochMs: number): string {
  return new Date(epochMs + japanOffsetMs).toISOString().slice(0, 10);
}

/** `from` is inside the hours, `until` is not. */
export function openingAt(hours: OpenHours, epochMs: number): Opening {
  const today = hoursOn(hours, epochMs);
  const now = new Date(epochMs + japanOffsetMs).toISOString().slice(11, 16);
  if (today !== null && today.from <= now && now < today.until) return { open: true };
  const opensAtMs = nextOpening(hours, epochMs);
  return { open: false, opensAtMs, sentence: closedSentence(opensAtMs, epochMs) };
}

function nextOpening(hours: OpenHours, epochMs: number): number | null {
  const midnightMs = Date.parse(`${japaneseDate(epochMs)}T00:00:00+09:00`);
  for (let day = 0; day <= limits.openingSearchDays; day += 1) {
    const range = hoursOn(hours, midnightMs + day * dayMs);
    if (range === null) continue;
    const opensAtMs = midnightMs + day * dayMs + minutesOf(range.from) * minuteMs;
    if (opensAtMs > epochMs) return opensAtMs;
  }
  return null;
}

function hoursOn(hours: OpenHours, epochMs: number): { readonly from: string; readonly until: string } | null {
  const date = japaneseDate(epochMs);
  const special = hours.special.find((day) => day.date === date);
  if (special !== undefined) return special.hours;
  if (hours.closedDays.includes(date.slice(5))) return null;
  return hours.weekly[new Date(epochMs + japanOffsetMs).getUTCDay()] ?? null;
}

function minutesOf(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));
}

function closedSentence(opensAtMs: number | null, nowMs: number): string {
  return `${opensAtMs === null ? 'ただいま受け付けていません。' : 'ただいまは受付時間外です。'}${openingSentence(opensAtMs, nowMs)}`;
}

/** When it opens, for the citizen; `opensAtMs` as `openingAt` says it. */
export function openingSentence(opensAtMs: number | null, nowMs: number): string {
  if (opensAtMs === null) return '受付を再開する日は決まっていません。';
  const at = new Date(opensAtMs + japanOffsetMs);
  const time = `${at.getUTCHours()}時${at.getUTCMinutes() === 0 ? '' : `${at.getUTCMinutes()}分`}`;
  const day = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日（${weekdays[at.getUTCDay()] ?? ''}）`;
  const when = japaneseDate(opensAtMs) === japaneseDate(nowMs) ? `本日${time}` : `${day}${time}`;
  return `${when}から受け付けます。`;
}
