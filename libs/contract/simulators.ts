// The management ports of the simulated outside world. Only tests, the demo and its
// bench use them; a part in service never does, and `doctor` refuses them.
import { z } from 'zod';
import { base64, instant, uuid, yen } from './base.js';
import { limits } from './limits.js';

/** jpki-sim: POST /cards. Keys are made fresh; the answer is everything that goes onto a chip. */
export const issueCardBodySchema = z.strictObject({
  /** For the signing certificate; the authentication certificate holds no name. */
  name: z.string(),
  address: z.string(),
  /** YYYYMMDD */
  birthDate: z.string().regex(/^\d{8}$/),
  sex: z.enum(['1', '2', '3', '9']),
  notAfter: instant.optional(),
  notBefore: instant.optional(),
});
export const issuedCardSchema = z.strictObject({
  authenticationCertificate: base64,
  /** PKCS#8 DER */
  authenticationKey: base64,
  signatureCertificate: base64,
  signatureKey: base64,
  authenticationCa: base64,
  signatureCa: base64,
  caKeyId: z.string(),
  serial: z.string(),
});
export type IssuedCard = z.infer<typeof issuedCardSchema>;
export type IssueCardBody = z.infer<typeof issueCardBodySchema>;

/** jpki-sim: POST /revocations */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
] as const;
export const revokeBodySchema = z.strictObject({ caKeyId: z.string(), serial: z.string(), reason: z.enum(revocationReasons) });

/** jpki-sim: PUT /fault. `none` heals. */
export const jpkiFaults = [
  'none',
  'slow',
  'no-answer',
  'expired-answer',
  'foreign-signer',
  'other-serial',
  'unknown-status',
  'try-later',
] as const;
export const jpkiFaultBodySchema = z.strictObject({
  fault: z.enum(jpkiFaults),
  delayMs: z.int().min(0).max(limits.jpkiDelayMs).optional(),
});

/** jpki-sim: GET /trust-anchors */
export const trustAnchorsSchema = z.strictObject({ authenticationCa: base64, signatureCa: base64 });

/** bank-sim: POST /accounts. Opens an account with a cash card; the PIN goes to the HSM object only. */
export const openAccountBodySchema = z.strictObject({
  pan: z.string().regex(/^\d{16}$/),
  panSequence: z.string().regex(/^\d{2}$/),
  pin: z.string().regex(/^\d{4}$/),
  balanceYen: yen,
});
/** bank-sim: GET /accounts/:pan */
export const accountSchema = z.strictObject({ pan: z.string(), balanceYen: z.int(), pinTriesLeft: z.int(), locked: z.boolean() });
/** bank-sim: GET /ledger. Debit and credit lines; their sum is zero at every commit. */
export const ledgerLineSchema = z.strictObject({
  entry: z.int(),
  account: z.string(),
  /** Positive debits, negative credits. */
  amountYen: z.int(),
  rrn: z.string(),
  kind: z.enum(['purchase', 'reversal', 'opening']),
});
export const ledgerSchema = z.strictObject({ lines: z.array(ledgerLineSchema), sumYen: z.int() });
/** bank-sim: PUT /fault */
export const bankFaults = [
  'none',
  'drop-request',
  'drop-response',
  'slow',
  'late',
  'decline',
  'reset-mid-frame',
  'garbage',
  'duplicate-response',
] as const;
export const bankFaultBodySchema = z.strictObject({
  fault: z.enum(bankFaults),
  /** For `decline`: the response code, for `slow` and `late` the delay. */
  responseCode: z
    .string()
    .regex(/^[0-9A-Z]{2}$/)
    .optional(),
  delayMs: z.int().min(0).max(limits.bankDelayMs).optional(),
  /** After so many messages it heals by itself; absent: until told. */
  times: z.int().min(1).optional(),
});

/** The bench (devices/emulated), port of the demo: what hands do in a branch. */
/** One sheet of paper: which pages of its document stand on it, counted from 1. */
export const benchSheetSchema = z.strictObject({ id: uuid, jobName: z.string(), pages: z.array(z.int().min(1)).min(1), path: z.string() });
export const benchStateSchema = z.strictObject({
  sequence: z.int(),
  slots: z.array(z.strictObject({ slot: z.enum(['1', '2']), card: z.string().nullable() })),
  pinPad: z.strictObject({ asking: z.boolean(), amountYen: yen.nullable(), digits: z.int() }),
  printer: z.strictObject({ state: z.string(), fault: z.string(), tray: z.array(benchSheetSchema), paper: z.int() }),
  receipt: z.strictObject({ fault: z.string(), slips: z.array(z.string()) }),
});
export type BenchState = z.infer<typeof benchStateSchema>;
