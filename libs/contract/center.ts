// Kiosk → issuance center. Every body is checked at both ends with these schemas;
// what is refused comes back as a problem (problem.ts). See apps/issuance-center/README.md.
//
//   POST /v1/sessions                       openSession        step 2
//   POST /v1/sessions/:session/login        login              step 4
//   POST /v1/sessions/:session/requests     request            steps 9 and 10
//   POST /v1/sessions/:session/go-ahead     goAhead            step 12
//   POST /v1/sessions/:session/abort        abort
//   PUT  /v1/requests/:request/outcome      outcome            step 14
//   GET  /health
//
// All but the first and the outcome carry `Authorization: Bearer <token of the session>`.
import { z } from 'zod';
import { compact, ecPublicJwk, instant, kioskId, municipalityCode, sha256Hex, uuid } from './base.js';
import { limits } from './limits.js';
import { signedStatementSchema } from './statements.js';

/** Inside `madoguchi-session+jws`, signed by the kiosk's own key. */
export const sessionOpeningSchema = z.strictObject({
  kiosk: kioskId,
  /** Made by the kiosk and written down before it is sent. */
  session: uuid,
  sessionPublicKey: ecPublicJwk,
  time: instant,
});
export const openSessionBodySchema = z.strictObject({ opening: compact });
export const openSessionAnswerSchema = z.strictObject({
  center: z.string().min(1).max(64),
  session: uuid,
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,86}$/),
  token: z.string().min(32).max(128),
  time: instant,
  expires: instant,
});

export const loginBodySchema = signedStatementSchema;
export const loginAnswerSchema = z.strictObject({
  municipality: municipalityCode,
  /** JWE of a `madoguchi-offer+jws`. */
  offer: compact,
  time: instant,
  /** 3 months or less to the end of the certificate: its last day, for a friendly word. */
  certificateExpiresSoon: instant.nullable(),
});

export const requestBodySchema = signedStatementSchema;
export const requestAnswerSchema = z.strictObject({
  request: uuid,
  state: z.literal('prepared'),
  /** JWE of a bundle (manifest.ts). */
  bundle: compact,
  /** How long the municipality took (step 10), milliseconds: for benches. A refusal does not say. */
  prepareMs: z.number().min(0),
  time: instant,
});

/** "May this prepared request still be charged?", asked right before the 0200, and before a certificate without a fee is printed. */
export const goAheadBodySchema = z.strictObject({
  /** Made by the kiosk for this one asking: an answer to an earlier one is none. */
  question: uuid,
  /** As the card signed it at the request; who has it is party to it. */
  statement: z.string().max(limits.statementCharacters),
});
export const goAheadAnswerSchema = z.strictObject({
  /** JWS of the municipality (municipality.ts), passed on unread. */
  goAhead: compact,
  time: instant,
});

/** What became of a copy. `voided`: it never left a printer and never will. `uncertain` keeps a case open. */
export const copyOutcomeSchema = z.strictObject({
  copy: z.int().min(1),
  attempt: z.int().min(1),
  outcome: z.enum(['delivered', 'voided', 'uncertain']),
  pdfSha256: sha256Hex,
});
export const outcomeSchema = z.strictObject({
  request: uuid,
  session: uuid,
  kiosk: kioskId,
  /**
   * Whose certificate it is: so the word finds its way through a center that has lost the request, or erased it with
   * time. Absent in what a kiosk of an older program has signed and not yet been able to deliver.
   */
  municipality: municipalityCode.optional(),
  /**
   * `unopened`: the visit ended before the kiosk had opened an answer, if one ever came. Nothing of
   * the request was printed or ever will be: whatever was made for it, or still is, is void.
   */
  copies: z.union([z.literal('unopened'), z.array(copyOutcomeSchema).min(1).max(10)]),
  time: instant,
});
/** Signed by the kiosk (`madoguchi-outcome+jws`), so that it can be sent after the session has ended. */
export const outcomeBodySchema = z.strictObject({ outcome: compact });
export const outcomeAnswerSchema = z.strictObject({ request: uuid, time: instant });

export const abortBodySchema = z.strictObject({ reason: z.string().regex(/^[a-z0-9-]{1,64}$/) });
export const abortAnswerSchema = z.strictObject({ session: uuid, time: instant });

export const healthSchema = z.strictObject({ status: z.enum(['ok', 'degraded']), part: z.string(), time: instant });

export type SessionOpening = z.infer<typeof sessionOpeningSchema>;
export type OpenSessionAnswer = z.infer<typeof openSessionAnswerSchema>;
export type LoginAnswer = z.infer<typeof loginAnswerSchema>;
export type RequestAnswer = z.infer<typeof requestAnswerSchema>;
export type GoAheadQuestion = z.infer<typeof goAheadBodySchema>;
export type GoAheadAnswer = z.infer<typeof goAheadAnswerSchema>;
export type CopyOutcome = z.infer<typeof copyOutcomeSchema>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** The one answer to everything that comes from a register (DESIGN §4 "Refusals do not speak"). */
export const goToCounter = {
  status: 422,
  code: 'go-to-counter',
  detail: 'この証明書は、この端末ではお出しできません。お手数ですが、お住まいの市区町村の窓口へお越しください。',
} as const;
