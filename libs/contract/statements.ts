// What the citizen's card signs (DESIGN §3, steps 4 and 7). A statement is RFC 8785
// canonical JSON; the card signs SHA-256 of exactly those bytes with its
// user-authentication key (RSASSA-PKCS1-v1_5). Whoever reads one checks the signature
// over the bytes as received, and then that the bytes are the canonical form.
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import { base64, ecPublicJwk, instant, kioskId, municipalityCode, uuid, yen } from './base.js';
import { limits } from './limits.js';

export const loginStatementSchema = z.strictObject({
  purpose: z.literal('Madoguchi login v1'),
  center: z.string().min(1).max(64),
  kiosk: kioskId,
  session: uuid,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,86}$/),
  sessionPublicKey: ecPublicJwk,
  time: instant,
});
export type LoginStatement = z.infer<typeof loginStatementSchema>;

/** What was chosen. `members` are the ids of the offer, valid for this session only. */
export const certificateChoiceSchema = z.strictObject({
  kind: z.enum(['resident-record']),
  scope: z.enum(['household', 'part']),
  members: z
    .array(z.string().regex(/^m[0-9a-f]{16}$/))
    .min(1)
    .max(20),
  /** 続柄・世帯主 */
  relationship: z.boolean(),
  /** 本籍・筆頭者 */
  domicile: z.boolean(),
  /** 個人番号 */
  myNumber: z.boolean(),
});
export type CertificateChoice = z.infer<typeof certificateChoiceSchema>;

export const requestStatementSchema = z.strictObject({
  purpose: z.literal('Madoguchi request v1'),
  request: uuid,
  session: uuid,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,86}$/),
  kiosk: kioskId,
  sessionPublicKey: ecPublicJwk,
  municipality: municipalityCode,
  choice: certificateChoiceSchema,
  copies: z.int().min(1).max(10),
  /** For all copies together. */
  feeYen: yen,
  offer: uuid,
  time: instant,
});
export type RequestStatement = z.infer<typeof requestStatementSchema>;

/** A statement with the card's signature (256 bytes) and its certificate (DER). */
export const signedStatementSchema = z.strictObject({
  /** The canonical JSON, as the card's signer hashed it (UTF-8). */
  statement: z.string().max(limits.statementCharacters),
  signature: base64,
  certificate: base64,
});
export type SignedStatement = z.infer<typeof signedStatementSchema>;

/** RFC 8785. The value must be JSON already checked by one of the schemas. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not representable as JSON');
  return text;
}

export type StatementFault = { readonly code: 'malformed-statement'; readonly detail: string };

/** Parses the text and refuses anything that is not the canonical form of a valid statement. */
export function readStatement<T>(text: string, schema: z.ZodType<T>): Result<T, StatementFault> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({ code: 'malformed-statement', detail: 'not JSON' });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return err({ code: 'malformed-statement', detail: z.prettifyError(parsed.error) });
  if (canonicalJson(parsed.data) !== text) return err({ code: 'malformed-statement', detail: 'not in canonical form' });
  return ok(parsed.data);
}
