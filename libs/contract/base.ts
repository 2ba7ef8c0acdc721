// The shapes that recur in every message between our parties.
import { z } from 'zod';
import { isMunicipalityCode } from '#libs/certificate/municipality-code.js';
import { toInstant } from '#libs/std/clock.js';
import { limits } from './limits.js';

export const uuid = z.uuid();
export const base64 = z.base64('base64 with its padding').max(limits.base64Characters);
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, '64 hex digits, lower case');
/** RFC 3339 UTC with seconds, as `toInstant` writes it: of a time that exists, so `Date.parse` of it is a number. */
export const instant = z.string().refine(isInstant, 'a time that exists, YYYY-MM-DDThh:mm:ssZ');
/** 全国地方公共団体コード: five digits and a check digit. */
export const municipalityCode = z.string().refine(isMunicipalityCode, 'a municipality code of five digits and the right check digit');
export const kioskId = z.string().regex(/^[A-Z0-9]{8}$/, 'eight capital letters or digits, such as KSK00001');
/** A compact JWS or JWE. */
export const compact = z.string().regex(/^[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){2,4}$/, 'a compact JWS or JWE');
export const yen = z.int().min(0).max(limits.amountYen);

/** A number of P-256 in a JWK (RFC 7518 §6.2.1.2): 32 bytes. */
const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, '43 characters of base64url: 32 bytes of a P-256 key');

/** The public half of a P-256 key (RFC 7518 §6.2). */
export const ecPublicJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});
export type EcPublicJwk = z.infer<typeof ecPublicJwk>;

/** The private half, for configuration files and sessions in memory. */
export const ecPrivateJwk = z.strictObject({ ...ecPublicJwk.shape, d: coordinate });
export type EcPrivateJwk = z.infer<typeof ecPrivateJwk>;

/** There and back again: 30 February, month 13, 24:00:00 and a leap second are times that a clock of ours never says. */
function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return false;
  const epochMs = Date.parse(text);
  return Number.isFinite(epochMs) && toInstant(epochMs) === text;
}
