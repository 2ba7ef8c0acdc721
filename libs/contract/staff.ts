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
  cause: z.enum(['citizen-asked', 'card-left', 'paper-left', 'receipt-left', 'device']),
  time: instant,
});
export type Call = z.infer<typeof callSchema>;

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
  /** Codes and ids only. */
  evidence: z.record(z.string(), z.string()),
  time: instant,
});
export type Case = z.infer<typeof caseSchema>;

export const takenSchema = z.strictObject({ id: uuid, time: instant });
export const closeBodySchema = z.strictObject({
  outcome: z.enum(['paper-handed-over', 'refunded', 'reversed', 'nothing-owed', 'helped', 'item-returned']),
  staff: z.string().regex(/^[A-Z0-9-]{3,16}$/),
});
export const openListSchema = z.strictObject({ calls: z.array(callSchema), cases: z.array(caseSchema) });
