// Every limit of the kiosk that is not a person's time (libs/session/limits.ts). Those in
// `adjustableLimits` may be shortened in the configuration file, never lengthened.
import { z } from 'zod';
import { hostLinkLimits } from './host-link/limits.js';

const second = 1000;

export const limits = {
  /** Opening a session is one small exchange. */
  openSessionTimeoutMs: 10 * second,
  /** The center asks JPKI and the municipality before it answers. */
  loginTimeoutMs: 30 * second,
  /** The municipality renders the certificates. */
  requestTimeoutMs: 60 * second,
  /** A request without an answer is sent again, the same bytes. */
  requestAttempts: 3,
  requestPauseMs: 1 * second,
  /** Longer than the center waits for the municipality, and the class of a refusal: then nothing is charged. */
  goAheadTimeoutMs: 15 * second,
  outcomeTimeoutMs: 15 * second,
  staffTimeoutMs: 5 * second,
  /** A kiosk whose clock is further from the center's is out of service (DESIGN §4 "Time"). */
  clockToleranceMs: 60 * second,
  /** How often the center's time is asked for while the clocks agree; else whenever the devices are looked at. */
  clockPauseMs: 60 * second,
  /** An answer larger than this is no certificate of ours. */
  answerBytes: 16 * 1024 * 1024,
  /** A touch is a few hundred bytes; a household of twenty a few thousand. */
  touchBytes: 16 * 1024,
  bankPinTimeoutMs: 60 * second,
  /** The paper path of one copy, from the job's acceptance to its final state. */
  printTimeoutMs: 180 * second,
  /** How long a cancelled job may take to come to its final state, after a deadline or a restart. */
  cancelTimeoutMs: 60 * second,
  /** Of what a printer says about a job; a device that says more says nothing new. */
  reasonsKept: 16,
  /** How many reversals may wait before no further fee is taken (reference: payment §3.4 rule 6). */
  waitingReversals: 3,
  /** How often is looked for what must reach somebody. */
  outboxIntervalMs: 5 * second,
  /** Before the same message is tried again; it doubles from the first to the most. */
  outboxPauseMs: { first: 4 * second, most: 60 * second },
  /** A receiver that refuses is an error line at the first try, and at one in so many. */
  outboxAttemptsPerLine: 30,
  /** Between two tries to recover what is open; it doubles from the first to the most. */
  recoveryPauseMs: { first: 1 * second, most: 30 * second },
  /** After a breakdown: how long the last answers of bank and printer are waited for; longer than both. */
  quietTimeoutMs: 300 * second,
  /** How often the devices are looked at while nobody is there. */
  watchPauseMs: 5 * second,
  /** How often is looked whether the bank is open and its line there. */
  feesPauseMs: 1 * second,
} as const;

const atMost = (longestMs: number): z.ZodDefault<z.ZodInt> => z.int().min(500).max(longestMs).default(longestMs);

export const adjustableLimits = z.strictObject({
  /** T1: how long the bank's host may take for an answer. */
  answerTimeoutMs: atMost(hostLinkLimits.answerTimeoutMs),
  /** How long a copy may lie in the printer before it is taken back. */
  printTimeoutMs: atMost(limits.printTimeoutMs),
  /** How long a job that was taken back may take to come to its final state. */
  cancelTimeoutMs: atMost(limits.cancelTimeoutMs),
});
