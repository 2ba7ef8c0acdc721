// Dates as they stand on a certificate: 和暦 for Japanese, the Gregorian calendar for foreign
// residents (reference: issuance §10; GIF DS-441). The era table is ours because
// Intl.DateTimeFormat has no 元年 and its eras change with the ICU of the machine.
import { assert } from '#libs/std/assert.js';

type Era = { readonly name: string; readonly from: string; readonly firstYear: number };

/** Newest first. `from` is the first day of the era. */
const eras: readonly Era[] = [
  { name: '令和', from: '2019-05-01', firstYear: 2019 },
  { name: '平成', from: '1989-01-08', firstYear: 1989 },
  { name: '昭和', from: '1926-12-25', firstYear: 1926 },
  { name: '大正', from: '1912-07-30', firstYear: 1912 },
  { name: '明治', from: '1868-01-25', firstYear: 1868 },
];

type RegisteredDate = { readonly year: number | null; readonly month: number | null; readonly day: number | null };

/**
 * `date` is YYYY-MM-DD as the register holds it: a month or day of 00 or 99 and a year of
 * 0000 or 9999 are unknown. A broken date is a broken register and throws.
 */
function readDate(date: string): RegisteredDate {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  assert(year !== '', 'a registered date is YYYY-MM-DD');
  const read = {
    year: year === '0000' || year === '9999' ? null : Number(year),
    month: unknownPart(month) ? null : Number(month),
    day: unknownPart(day) ? null : Number(day),
  };
  assert(read.year !== null || (read.month === null && read.day === null), 'a date without a year has no month and no day');
  assert(read.month !== null || read.day === null, 'a date without a month has no day');
  assert(read.month === null || (read.month >= 1 && read.month <= 12), 'a month is 1 to 12');
  assert(read.day === null || read.day <= daysIn(read), 'a day is a day of its month');
  return read;
}

function unknownPart(digits: string): boolean {
  return digits === '00' || digits === '99';
}

function daysIn(date: RegisteredDate): number {
  return new Date(Date.UTC(date.year ?? 2000, date.month ?? 1, 0)).getUTCDate();
}

/**
 * e.g. 昭和５８年１０月１日, 令和元年５月１日, 昭和２０年３月日不詳, 昭和２０年月日不詳, 年月日不詳: full-width
 * digits. Where an unknown day or month leaves two eras open both stand, because the sheet
 * must not say more than the register. Before 明治 the year is Gregorian.
 */
export function formatWareki(date: string): string {
  const read = readDate(date);
  const { year } = read;
  if (year === null) return '年月日不詳';
  const earliest = eraOn(isoDay(read, { month: 1, day: 1 }));
  const latest = eraOn(isoDay(read, { month: 12, day: 31 }));
  const last = yearIn(latest, year);
  return `${earliest === latest ? last : `${yearIn(earliest, year)}（${last}）`}年${monthAndDay(read)}`;
}

/** e.g. １９８５年４月１日, for people with a foreign nationality; unknown parts as in `formatWareki`. */
export function formatGregorian(date: string): string {
  const read = readDate(date);
  return read.year === null ? '年月日不詳' : `${fullWidth(read.year)}年${monthAndDay(read)}`;
}

function isoDay(date: RegisteredDate, unknown: { readonly month: number; readonly day: number }): string {
  const pad = (value: number | null, length: number): string => String(value).padStart(length, '0');
  return `${pad(date.year, 4)}-${pad(date.month ?? unknown.month, 2)}-${pad(date.day ?? unknown.day, 2)}`;
}

function eraOn(day: string): Era | null {
  return eras.find((era) => era.from <= day) ?? null;
}

function yearIn(era: Era | null, year: number): string {
  if (era === null) return fullWidth(year);
  const count = year - era.firstYear + 1;
  return `${era.name}${count === 1 ? '元' : fullWidth(count)}`;
}

function monthAndDay(date: RegisteredDate): string {
  if (date.month === null) return '月日不詳';
  return `${fullWidth(date.month)}月${date.day === null ? '日不詳' : `${fullWidth(date.day)}日`}`;
}

function fullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => '０１２３４５６７８９'.charAt(Number(digit)));
}
