// The municipality's manifest (DESIGN §3 step 10): what the encrypted certificates
// are, for which request, and how to know each of them. Signed
// `madoguchi-manifest+jws`; with the PDFs in one bundle, encrypted to the session key.
import { z } from 'zod';
import { base64, compact, instant, kioskId, municipalityCode, sha256Hex, uuid, yen } from './base.js';

export const manifestPageSchema = z.strictObject({
  page: z.int().min(1),
  of: z.int().min(1),
  /** SHA-256 of the RFC 8785 form of the fields that stand on this page. */
  fieldsSha256: sha256Hex,
});

export const manifestCopySchema = z.strictObject({
  copy: z.int().min(1),
  attempt: z.int().min(1),
  /** 発行番号, on every page. */
  certificateNumber: z.string(),
  pdfSha256: sha256Hex,
  pages: z.array(manifestPageSchema).min(1),
});

export const manifestSchema = z.strictObject({
  request: uuid,
  session: uuid,
  kiosk: kioskId,
  /** SHA-256 of the request statement that the card signed. */
  requestSha256: sha256Hex,
  /** Keyed hash of the resident's number: the same person gives the same value, nobody else can compute it. */
  subject: sha256Hex,
  municipality: municipalityCode,
  kind: z.enum(['resident-record']),
  feeYen: yen,
  copies: z.array(manifestCopySchema).min(1).max(10),
  /** SHA-256 of the form's definition. */
  templateDigest: sha256Hex,
  /** Event number of the register at which it was read. */
  registerVersion: z.int().min(0),
  time: instant,
  expires: instant,
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The plaintext inside the JWE. `pdfs[i]` belongs to `copies[i]`. */
export const bundleSchema = z.strictObject({ manifest: compact, pdfs: z.array(base64).min(1).max(10) });
export type Bundle = z.infer<typeof bundleSchema>;
