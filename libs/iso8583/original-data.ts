// DE90, original data elements (ISO 8583:1987): which message a reversal is about. MTI 4,
// STAN 6, DE7 10, acquirer 11 and forwarder 11 digits, both right-justified.
import { assert } from '#libs/std/assert.js';

export type OriginalData = {
  readonly mti: string;
  readonly stan: string;
  /** DE7 of the original. */
  readonly transmissionTime: string;
  /** DE32 of the original, without leading zeros. */
  readonly acquirer: string;
};

/** 42 digits. There is no forwarding institution (DE33) in this profile: zeros. */
export function encodeOriginalData(original: OriginalData): string {
  const digits = `${original.mti}${original.stan}${original.transmissionTime}${original.acquirer.padStart(11, '0')}${'0'.repeat(11)}`;
  assert(/^\d{42}$/.test(digits), 'original-data-elements');
  return digits;
}

/** Null when it is not 42 digits or names a forwarding institution. */
export function decodeOriginalData(digits: string): OriginalData | null {
  const parts = /^(\d{4})(\d{6})(\d{10})(\d{11})0{11}$/.exec(digits);
  if (parts === null) return null;
  const [, mti = '', stan = '', transmissionTime = '', acquirer = ''] = parts;
  return { mti, stan, transmissionTime, acquirer: acquirer.replace(/^0+(?=\d)/, '') };
}
