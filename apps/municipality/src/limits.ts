// Every limit of the municipality, with its unit. Those in `adjustableLimits` may be set
// in the configuration file, inside the bounds given here.
import { z } from 'zod';

const second = 1_000;
const minute = 60 * second;

export const limits = {
  bodyBytes: 262_144,
  /** A register file of three million residents does not come over HTTP: it is a file. */
  managementBodyBytes: 16 * 1024 * 1024,
  /** How far the center's clock and ours may be apart (DESIGN §4, "Time"). */
  clockApartMs: 60 * second,
  /** A statement is signed while the citizen stands there; a later one is not passed on. */
  statementMaxAgeMs: 10 * minute,
  /** Longer than any statement is passed on: a request that its kiosk gave up before it came is then never taken up. */
  abandonedKeptMs: 30 * minute,
  /** As libs/pki judges OCSP answers and CRLs, with the time that the center's question took. */
  ocspMaxAgeMs: 21 * minute,
  crlMaxAgeMs: 26 * 60 * minute,
  /** How often the center is told about card links that it has not taken, and expired bundles are looked for. */
  workerIntervalMs: 5 * second,
  centerTimeoutMs: 5 * second,
  /** How long `POST /card-links` waits for the center. */
  pushWaitMs: 10 * second,
  pushPollMs: 25,
  /** How long the center may have forgotten us before we notice, while there is nothing to tell. */
  centerAskedEveryMs: 30 * second,
  /** libs/contract/municipality.ts takes no more in one message. */
  linksPerPush: 10_000,
  /** Rows in one INSERT: below the 999 parameters of an old SQLite. */
  rowsAtOnce: 150,
  issuancesListed: 10_000,
  /** 発行番号 that a node takes for itself at a time. */
  certificateNumbersReserved: 100,
} as const;

export const adjustableLimits = z.strictObject({
  /** How long an offer is honoured. */
  offerMs: z
    .int()
    .min(minute)
    .max(60 * minute)
    .default(10 * minute),
  /** How long a bundle may be printed, and is kept to be asked for again. */
  bundleMs: z
    .int()
    .min(minute)
    .max(240 * minute)
    .default(60 * minute),
  /**
   * A refusal that comes from a register is answered so long after its question, or at the
   * next multiple: longer than the slowest of its causes takes.
   */
  refusalAfterMs: z
    .int()
    .min(100)
    .max(10 * second)
    .default(800),
});
export type AdjustableLimits = z.infer<typeof adjustableLimits>;
