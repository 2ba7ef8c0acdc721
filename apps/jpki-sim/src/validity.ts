// How long a certificate lives (reference §10): to the end of the fifth birthday after
// its issue, in Japan's time; and the era in which the signing certificate writes the
// birth date.
import { calendarDate } from '#libs/contract/register.js';
import { dayMs, japanOffsetMs } from '#libs/std/clock.js';

/** 23:59:59 in Japan of that day, 14:59:59Z: when CAs and certificates of JPKI end. */
export function endOfDayMs(timeMs: number): number {
  return Math.floor((timeMs + japanOffsetMs) / dayMs + 1) * dayMs - japanOffsetMs - 1000;
}

/** `birthDate` YYYYMMDD. The 29th of February counts as the 1st of March in other years. */
export function endOfFifthBirthdayMs(birthDate: string, issuedAtMs: number): number {
  const month = Number(birthDate.slice(4, 6));
  const day = Number(birthDate.slice(6, 8));
  const issuedYear = new Date(issuedAtMs + japanOffsetMs).getUTCFullYear();
  const birthdayEnd = (year: number): number => endOfDayMs(Date.UTC(year, month - 1, day) - japanOffsetMs);
  const firstYear = birthdayEnd(issuedYear) > issuedAtMs ? issuedYear : issuedYear + 1;
  return birthdayEnd(firstYear + 4);
}

/** YYYYMMDD, of the Gregorian calendar. */
export function isBirthDate(text: string): boolean {
  return /^\d{8}$/.test(text) && calendarDate.safeParse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`).success;
}

const eras: readonly (readonly [from: string, era: string])[] = [
  ['20190501', '5'],
  ['19890108', '4'],
  ['19261225', '3'],
  ['19120730', '2'],
];

/** EYYYYMMDD: E the era (1 明治 to 5 令和), the date Gregorian. */
export function birthDateWithEra(birthDate: string): string {
  const [, era] = eras.find(([from]) => birthDate >= from) ?? ['', '1'];
  return `${era}${birthDate}`;
}
