// DE15: the business date to which a posting belongs. A simple calendar: the day in Japan
// from midnight to midnight; Saturdays, Sundays, told holidays and the banks' new year
// (12-31 to 01-03, 銀行法施行令 5条) pass to the next business day.
import { dateInJapan } from '#libs/iso8583/times.js';
import { dayMs } from '#libs/std/clock.js';

/** YYYYMMDD. `holidays` YYYY-MM-DD. */
export function businessDate(epochMs: number, holidays: ReadonlySet<string>): string {
  let at = epochMs;
  while (isClosed(dateInJapan(at), holidays)) at += dayMs;
  return dateInJapan(at);
}

function isClosed(date: string, holidays: ReadonlySet<string>): boolean {
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const weekday = new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDay();
  const newYear = ['1231', '0101', '0102', '0103'].includes(month + day);
  return weekday === 0 || weekday === 6 || newYear || holidays.has(`${year}-${month}-${day}`);
}
