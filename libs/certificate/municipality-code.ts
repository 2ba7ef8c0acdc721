// 全国地方公共団体コード: five digits and a check digit (reference: issuance §11).
import { assert } from '#libs/std/assert.js';

/** `base` is the five digits: prefecture (2) and municipality (3). */
export function municipalityCheckDigit(base: string): string {
  assert(/^\d{5}$/.test(base), 'the base of a municipality code has five digits');
  const sum = Array.from(base).reduce((total, digit, i) => total + Number(digit) * (6 - i), 0);
  return String((11 - (sum < 11 ? sum : sum % 11)) % 10);
}

export function isMunicipalityCode(code: string): boolean {
  return /^\d{6}$/.test(code) && municipalityCheckDigit(code.slice(0, 5)) === code.charAt(5);
}
