// A kiosk's configuration file. See apps/kiosk/INSTALL.md for what each key means.
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { findUriFault } from '#devices/printer/ipp-printer.js';
import { kioskId, municipalityCode, sha256Hex } from '#libs/contract/base.js';
import { addressSchema, httpUrl, listenerPort, listenerSchema } from '#libs/contract/listener.js';
import { openHoursSchema } from '#libs/contract/register.js';
import { othersKey, ownKey } from '#libs/contract/own-key.js';
import { eachOnce, noPublishedKeys, rule } from '#libs/contract/rules.js';
import { adjustableLimits } from './limits.js';

const cardReader = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pcsc'), idCardReader: z.string().min(1), cashCardReader: z.string().min(1) }),
  /** The virtual slots wired into this process; only in a demo. */
  z.strictObject({ kind: z.literal('direct'), idCardPort: listenerPort, cashCardPort: listenerPort }),
]);

function isCertificate(pem: string): boolean {
  if (!pem.startsWith('-----BEGIN CERTIFICATE-----')) return false;
  try {
    return new X509Certificate(pem).publicKey.type === 'public';
  } catch {
    return false;
  }
}

/** The names that vsmartcard's drivers give their slots. */
const virtualReader = /^(Virtual|Remote) PCD\b/i;

export const shape = z.strictObject({
  demo: z.boolean(),
  kiosk: kioskId,
  /** DE42, printed on the slip. */
  branch: z.string().regex(/^[A-Z0-9]{1,15}$/, 'up to 15 capital letters or digits'),
  listen: listenerSchema,
  key: ownKey,
  database: z.strictObject({ file: z.string().min(1) }),
  center: z.strictObject({ url: httpUrl, id: z.string().min(1).max(64) }),
  municipalities: z.array(z.strictObject({ code: municipalityCode, key: othersKey })).min(1),
  cardReader,
  cashCardAids: z.array(z.string().regex(/^([0-9A-F]{2}){5,16}$/, 'an AID: 5 to 16 bytes in hex, capital letters')).min(1),
  pinPad: addressSchema,
  printer: z.strictObject({
    uri: z.string().refine((uri) => findUriFault(uri) === null, 'ipp://host[:port]/path or ipps://host[:port]/path'),
    /** Only for ipps; without it the system's roots are trusted. */
    tls: z
      .strictObject({
        /** PEM of the CA, or of the printer's own self-signed certificate. */
        trustedCertificate: z.string().refine(isCertificate, 'a certificate in PEM (X.509)').exactOptional(),
        serverName: z.string().min(1).exactOptional(),
        certificateSha256: sha256Hex.exactOptional(),
      })
      .exactOptional(),
    /** media-source that holds the certificate paper. */
    tray: z.string().min(1).exactOptional(),
  }),
  receiptPrinter: addressSchema,
  bank: addressSchema.extend({
    acquirer: z.string().regex(/^\d{4,11}$/, '4 to 11 digits'),
    /** As the receipt names it; without it the receipt says its number. */
    name: z.string().min(1).max(24).exactOptional(),
    /** When it takes fees; without them always. */
    hours: openHoursSchema.exactOptional(),
  }),
  staff: z.strictObject({ url: httpUrl }),
  limits: adjustableLimits.prefault({}),
  /** Where the built screen lies; by default beside the program. */
  screenFolder: z.string().optional(),
});
const { demo, cardReader: readers, cashCardAids } = shape.shape;

export const kioskConfigurationSchema = shape.check(
  rule({ demo, cardReader: readers }, ({ demo: isDemo, cardReader: chosen }, complain) => {
    if (chosen.kind === 'direct') {
      if (!isDemo) complain(['cardReader', 'kind'], '"pcsc", unless demo is true');
      return;
    }
    if (chosen.idCardReader === chosen.cashCardReader) complain(['cardReader', 'cashCardReader'], 'another reader than idCardReader');
    for (const key of ['idCardReader', 'cashCardReader'] as const) {
      if (!isDemo && virtualReader.test(chosen[key])) complain(['cardReader', key], 'a real reader, unless demo is true');
    }
  }),
  rule({ demo, cashCardAids }, (read, complain) => {
    read.cashCardAids.forEach((aid, index) => {
      if (!read.demo && aid.startsWith('F')) complain(['cashCardAids', index], 'a registered AID (not F…), unless demo is true');
    });
  }),
  noPublishedKeys,
  eachOnce('municipalities', 'code'),
  eachOnce('municipalities', 'key'),
);
export type KioskConfiguration = z.infer<typeof kioskConfigurationSchema>;
