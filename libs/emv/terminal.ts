// What this terminal is (EMV 4.3 Book 4 Annex A): unattended, of a bank, online only, in
// Japan; an IC reader without a stripe reader and without card capture, PIN online.
import type { DolValue } from './dol.js';

const n = (hex: string): DolValue => ({ format: 'n', value: Buffer.from(hex, 'hex') });
const b = (hex: string): DolValue => ({ format: 'b', value: Buffer.from(hex, 'hex') });

export const terminalData: ReadonlyMap<number, DolValue> = new Map([
  [0x9f1a, n('0392')],
  [0x5f2a, n('0392')],
  [0x5f36, n('00')],
  [0x9f33, b('204000')],
  [0x9f35, n('14')],
  [0x9c, n('00')],
]);
