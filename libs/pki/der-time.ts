// UTCTime and GeneralizedTime in the one form that RFC 5280 §4.1.2.5 leaves: with
// seconds, without fractions, in Zulu.

/** `YYMMDDHHMMSSZ`; 50 to 99 mean 1950 to 1999. Epoch milliseconds, null when it is anything else. */
export function readUtcTime(content: Buffer): number | null {
  if (content.length !== 13) return null;
  const year = digits(content, 0, 2);
  return year === null ? null : readRest(content.subarray(2), year < 50 ? 2000 + year : 1900 + year);
}

/** `YYYYMMDDHHMMSSZ`. Epoch milliseconds, null when it is anything else. */
export function readGeneralizedTime(content: Buffer): number | null {
  if (content.length !== 15) return null;
  const year = digits(content, 0, 4);
  return year === null || year < 1000 ? null : readRest(content.subarray(4), year);
}

function readRest(content: Buffer, year: number): number | null {
  const month = digits(content, 0, 2);
  const day = digits(content, 2, 2);
  const hour = digits(content, 4, 2);
  const minute = digits(content, 6, 2);
  const second = digits(content, 8, 2);
  if (month === null || day === null || hour === null || minute === null || second === null) return null;
  if (content[10] !== 0x5a || hour > 23 || minute > 59 || second > 59) return null;
  if (day < 1 || day > lastDay(year, month)) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const monthDays: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for what is no month, so that no day is right. */
function lastDay(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (monthDays[month - 1] ?? 0);
}

function digits(content: Buffer, at: number, count: number): number | null {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const digit = (content[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** UTCTime through 2049, GeneralizedTime from 2050, as `DerReader.time` reads it: the digits. */
export function writeTimeDigits(timeMs: number): string {
  return new Date(timeMs)
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
}
