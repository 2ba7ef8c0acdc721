// 個人番号 (My Number, 12 digits; 総務省令第85号 of 2014, article 5) and 住民票コード (11 digits):
// both end in the same check digit (reference: issuance §11).
import { assert } from '#libs/std/assert.js';

/** `base` is the first 11 digits. */
export function myNumberCheckDigit(base: string): string {
  assert(/^\d{11}$/.test(base), 'the base of an individual number has 11 digits');
  return checkDigit(base);
}

export function isMyNumber(number: string): boolean {
  return /^\d{12}$/.test(number) && checkDigit(number.slice(0, 11)) === number.charAt(11);
}

/** `base` is the first 10 digits. */
export function residentCodeCheckDigit(base: string): string {
  assert(/^\d{10}$/.test(base), 'the base of a resident record code has ten digits');
  return checkDigit(base);
}

export function isResidentCode(code: string): boolean {
  return /^\d{11}$/.test(code) && checkDigit(code.slice(0, 10)) === code.charAt(10);
}

/** Weights 2 to 7, then 2 again, from the lowest digit; 11 minus the remainder of 11. */
function checkDigit(base: string): string {
  const sum = Array.from(base)
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (2 + (i % 6)), 0);
  const remainder = sum % 11;
  return remainder <= 1 ? '0' : String(11 - remainder);
}
