// Issuance center → municipality, and the municipality's card links → center.
//
//   POST /v1/logins                          municipality, step 4
//   POST /v1/requests                        municipality, step 10 (idempotent by request id)
//   POST /v1/requests/:request/go-ahead      municipality, step 12
//   PUT  /v1/requests/:request/outcome       municipality, step 14
//   PUT  /v1/municipalities/:code/card-links center: which cards are whose
//
// The municipality trusts the center for one thing only: the revocation status. The
// card's signature and the path to the pinned CA it checks itself.
import { z } from 'zod';
import { base64, compact, instant, kioskId, municipalityCode, sha256Hex, uuid } from './base.js';
import { limits } from './limits.js';
import { signedStatementSchema } from './statements.js';

/** Inside `madoguchi-verdict+jws`, signed by the center. */
export const centerVerdictSchema = z.strictObject({
  center: z.string().min(1).max(64),
  municipality: municipalityCode,
  kiosk: kioskId,
  session: uuid,
  /** Null for a login. */
  request: uuid.nullable(),
  statementSha256: sha256Hex,
  certificateSha256: sha256Hex,
  revocation: z.strictObject({
    source: z.enum(['ocsp', 'crl']),
    thisUpdate: instant,
    /** Of the OCSP response or CRL that goes beside the verdict. */
    evidenceSha256: sha256Hex,
  }),
  time: instant,
});
export type CenterVerdict = z.infer<typeof centerVerdictSchema>;

const forwardedSchema = z.strictObject({
  signed: signedStatementSchema,
  verdict: compact,
  /** The OCSP response; null when the verdict rests on a CRL, which the municipality can fetch itself. */
  evidence: base64.nullable(),
});
export const forwardedLoginBodySchema = forwardedSchema;
export const forwardedRequestBodySchema = forwardedSchema;
export const forwardedLoginAnswerSchema = z.strictObject({ offer: compact, time: instant });
export const forwardedRequestAnswerSchema = z.strictObject({ request: uuid, bundle: compact, time: instant });

/**
 * Inside `madoguchi-go-ahead+jws`, signed by the municipality, for the kiosk: about one prepared request, and an
 * answer to one question (center.ts has the question). What a register says against somebody is no word of these
 * but the problem `go-to-counter`, as ever.
 */
export const goAheadSchema = z.strictObject({
  question: uuid,
  request: uuid,
  session: uuid,
  kiosk: kioskId,
  municipality: municipalityCode,
  word: z.enum(['go', 'issuance-stopped']),
  time: instant,
});
export type GoAhead = z.infer<typeof goAheadSchema>;

/**
 * Which cards are whose: pushed by the municipality, never asked for by anyone. A push
 * without links and without `all` changes nothing: it asks which push the center has.
 */
export const cardLinksSchema = z.strictObject({
  municipality: municipalityCode,
  /** Grows with every push; an older push after a newer one is refused. The first of all is 1 or begins an `all`. */
  sequence: z.int().min(0),
  /**
   * A part of everything that the municipality knows, from push number `from` to the `last`:
   * what none of these parts names is unlinked then.
   */
  all: z.strictObject({ from: z.int().min(1), last: z.boolean() }).optional(),
  links: z
    .array(
      z.strictObject({
        /** subjectKeyIdentifier of the issuing CA, upper-case hex. */
        caKeyId: z.string().regex(/^[0-9A-F]{40}$/),
        /** Serial number, upper-case hex without leading zero octets. */
        serial: z.string().regex(/^([0-9A-F]{2}){1,20}$/),
        /** `linked` from `usableFrom` on; `unlinked` at once. */
        change: z.enum(['linked', 'unlinked']),
        usableFrom: instant,
      }),
    )
    .max(limits.cardLinksAPush),
  time: instant,
});
export const cardLinksBodySchema = z.strictObject({ cardLinks: compact });
/** The last push that the center has; 0 when it knows nothing of this municipality. */
export const cardLinksAnswerSchema = z.strictObject({ sequence: z.int().min(0), time: instant });
export type CardLinks = z.infer<typeof cardLinksSchema>;
