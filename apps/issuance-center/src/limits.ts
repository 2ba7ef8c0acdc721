// Every limit of the issuance center, with its unit.
import { z } from 'zod';
import { crlMaxAgeMs } from '#libs/pki/limits.js';

export const limits = {
  /** DESIGN §4 "Time": further apart than this is out of service. */
  clockToleranceMs: 60_000,
  /** From the card's signature under a request to here; a municipality looks at it by its own limit, which is longer. */
  requestMaxAgeMs: 9 * 60_000,
  /** A session with a prepared request lasts as long as its manifest may: before the 0200 the municipality is asked through it. */
  preparedLifeMs: 60 * 60_000,
  /** A statement, an opening, an outcome: a few kilobytes. */
  bodyBytes: 64 * 1024,
  /** 10,000 card links, signed. */
  cardLinksBodyBytes: 4 * 1024 * 1024,
  /** Ten copies, encrypted. */
  municipalityAnswerBytes: 48 * 1024 * 1024,
  /** SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535; a card link has five. */
  cardLinksPerStatement: 1_000,
  nonceBytes: 32,
  ocspNonceBytes: 32,
  crlTimeoutMs: 20_000,
  /** What OCSP said about a revoked card outlives every list that was made before it and may still count. */
  revokedCardKeptMs: 2 * crlMaxAgeMs,
  /** Outcomes that one run of the worker passes on before it looks again. */
  outcomesPerRun: 100,
  /** `uncertain` first, then what staff found: a request has few outcomes. */
  outcomesPerRequest: 20,
  sessionsPerRun: 500,
  deleteEveryMs: 3_600_000,
  /** How long one worker has an outcome to itself. */
  outcomeLeaseMs: 30_000,
  outcomeFirstPauseMs: 2_000,
  outcomeLongestPauseMs: 300_000,
  /** The citizen is told from three months before the end (reference §2.9). */
  expiresSoonMonths: 3,
} as const;

/** `ocsp.timeoutMs` of the configuration file. */
export const ocspTimeoutMs = z.int().min(100).max(60_000).default(3_000);
/** `crl.refreshMs`: JPKI makes its data anew every 15 minutes (reference §11). */
export const crlRefreshMs = z.int().min(1_000).max(86_400_000).default(900_000);

/** Those that an operator may set under `limits` in the configuration file. */
export const adjustableLimits = z.strictObject({
  /** From opening to the last repeat of a request: longer than the slowest citizen needs. */
  sessionLifeMs: z.int().min(1_000).max(3_600_000).default(1_200_000),
  loginTimeoutMs: z.int().min(100).max(60_000).default(8_000),
  requestTimeoutMs: z.int().min(100).max(120_000).default(25_000),
  /** While the citizen waits with the bank's PIN typed: a municipality that is slower does not stand by what it prepared. */
  goAheadTimeoutMs: z.int().min(100).max(20_000).default(8_000),
  outcomeTimeoutMs: z.int().min(100).max(60_000).default(8_000),
  /** A `go-to-counter` leaves at a multiple of this after the card was verified: longer than a municipality's own class. */
  refusalClassMs: z.int().min(50).max(10_000).default(1_500),
  /** How long rows of a finished session stay (ids and states only; answers go when the session ends). */
  retentionMs: z
    .int()
    .min(60_000)
    .default(30 * 86_400_000),
});
export type AdjustableLimits = z.infer<typeof adjustableLimits>;
