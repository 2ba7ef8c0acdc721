// Kiosk → staff: calls and cases, stored at the kiosk first and forwarded until taken.
//
//   PUT /v1/calls/:call     a person at a kiosk needs a person
//   PUT /v1/cases/:case     something that staff must close
//   GET /v1/open            the list
//   POST /v1/cases/:case/close , POST /v1/calls/:call/close
import { z } from 'zod';
import { instant, kioskId, uuid, yen } from './base.js';

export const callSchema = z.strictObject({
  call: uuid,
  kiosk: kioskId,
  session: uuid.nullable(),
  cause: z.enum(['citizen-asked', 'card-left', 'paper-left', 'receipt-left', 'slip-not-printed', 'device']),
  time: instant,
});
export type Call = z.infer<typeof callSchema>;

/** A keyword as devices and we ourselves spell them (RFC 8011 §5.1.4). Prose, and with it anything personal, is none. */
const keyword = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,127}$/);

/** What a printer said about one job. */
export const printSightingSchema = z.strictObject({
  /** job-state, or why there is none: `unknown-job`, `unreachable`, `malformed-answer`, `deadline`, `refused`. */
  jobState: keyword,
  jobStateReasons: z.array(keyword).max(16),
  /** job-impressions-completed, of `pages`; null when the device does not say. */
  impressions: z.int().min(0).nullable(),
  printerStateReasons: z.array(keyword).max(16),
});
export type PrintSighting = z.infer<typeof printSightingSchema>;

export const printEvidenceSchema = printSightingSchema.extend({
  /** job-name, by which the job can be found at the printer. */
  jobName: z.string().regex(/^[0-9a-f-]{1,64}$/),
  copy: z.int().min(1),
  pages: z.int().min(1),
  outcome: z.enum(['printed', 'not-printed', 'uncertain']),
});
export type PrintEvidence = z.infer<typeof printEvidenceSchema>;

/** Codes, ids and counts only. */
export const evidenceSchema = z.strictObject({
  /** How the visit ended. */
  code: keyword.exactOptional(),
  /** What the kiosk knew of the charge. */
  charge: keyword.exactOptional(),
  /** Why a reversal stays. */
  cause: keyword.exactOptional(),
  /** One a copy of which a job was sent. */
  prints: z.array(printEvidenceSchema).max(10).exactOptional(),
});

export const caseKinds = ['print-uncertain', 'refund', 'reversal-stuck', 'mismatch', 'found-item'] as const;

export const caseSchema = z.strictObject({
  case: uuid,
  kiosk: kioskId,
  session: uuid,
  request: uuid.nullable(),
  kind: z.enum(caseKinds),
  amountYen: yen,
  /** RRN of the charge, for the bank's books. */
  bankReference: z.string().nullable(),
  /** What the citizen's slip says. */
  inquiryNumber: z.string(),
  evidence: evidenceSchema,
  time: instant,
});
export type Case = z.infer<typeof caseSchema>;

export const takenSchema = z.strictObject({ id: uuid, time: instant });
export const closeBodySchema = z.strictObject({
  outcome: z.enum(['paper-handed-over', 'refunded', 'reversed', 'nothing-owed', 'helped', 'item-returned']),
  staff: z.string().regex(/^[A-Z0-9-]{3,16}$/),
});
export const openListSchema = z.strictObject({ calls: z.array(callSchema), cases: z.array(caseSchema) });
