// 共通カードAP on the emulated card (card id behind a PIN, and the only key that answers
// INTERNAL AUTHENTICATE), and the data objects of the issuer security domain: card-and-pki §3, §7.
import { generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { PinFile } from './file.js';
import type { Application, ElementaryFile } from './file.js';
import { limits } from './limits.js';
import type { IdCardOptions } from './options.js';
import { atrObject } from './read.js';

export type CommonApplication = { readonly application: Application; readonly pin: PinFile };

export function buildCommonApplication(options: IdCardOptions): CommonApplication {
  const pin = new PinFile(options.pins.common, { maximumTries: limits.commonPinTries, shortestBytes: 4, longestBytes: 4 });
  const { serial, municipality, expiry } = options.cardNumber;
  const digits = `${serial}${municipality}${expiry}`;
  assert(/^\d{28}$/.test(digits), 'a card number has 28 digits');
  // Simple TLV (JICSAP 4.4.1): one byte of tag, one of length.
  const record = Buffer.concat([Buffer.from([0x01, digits.length]), Buffer.from(digits, 'latin1')]);
  let key: KeyObject | null = null;
  const files = new Map<number, ElementaryFile>([
    [0x0001, { kind: 'records', records: [record], read: [pin] }],
    [0x0019, { kind: 'authentication-key', key: () => (key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) }],
    [0x001c, pin],
  ]);
  const aid = Buffer.from('D3921000310001010100', 'hex');
  return { application: { aid, files, changeInstruction: 0x32, currentKeyP2: 0x80 }, pin };
}

/** GET DATA. Only objects whose content the reference knows; the rest answers 6A88. */
export function issuerDataObjects(options: IdCardOptions, contactAtr: Buffer): ReadonlyMap<number, Buffer> {
  const { serial, municipality, expiry } = options.cardNumber;
  return new Map([
    [0x0045, Buffer.from(serial, 'latin1')],
    [0x00f0, Buffer.from(municipality, 'latin1')],
    [0x00f2, Buffer.from(expiry, 'latin1')],
    [atrObject, contactAtr.subarray(1)],
  ]);
}
