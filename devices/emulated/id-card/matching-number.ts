// 照合番号B: birth date in the Japanese era, year of expiry, security code (card-and-pki §6).
import { assert } from '#libs/std/assert.js';

/** First day of each era as YYYYMMDD, latest first. */
const eras = [
  { from: '20190501', firstYear: 2019 },
  { from: '19890108', firstYear: 1989 },
  { from: '19261225', firstYear: 1926 },
  { from: '19120730', firstYear: 1912 },
  { from: '18680125', firstYear: 1868 },
] as const;

/** 14 digits: era year and MMDD of birth, YYYY of expiry, the four digits of the security code. */
export function matchingNumberB(birthDate: string, card: { readonly expiry: string; readonly securityCode: string }): string {
  const era = eras.find(({ from }) => birthDate >= from);
  assert(era !== undefined && /^\d{8}$/.test(birthDate), 'a birth date lies in an era');
  const eraYear = Number(birthDate.slice(0, 4)) - era.firstYear + 1;
  return `${String(eraYear).padStart(2, '0')}${birthDate.slice(4)}${card.expiry.slice(0, 4)}${card.securityCode}`;
}
