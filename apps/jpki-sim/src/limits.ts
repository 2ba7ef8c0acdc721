// Every limit of the simulator, with its unit.
import { dayMs } from '#libs/std/clock.js';

/** An OCSP request about one certificate has some 120 bytes. */
export const requestMaxBytes = 4096;
export const managementBodyMaxBytes = 16_384;

/** JPKI refreshes its data every 15 minutes (reference §11). */
export const ocspRefreshMs = 15 * 60_000;

/** How late an answer comes under the fault `slow`, where the fault names no delay. */
export const slowDelayMs = 5000;
/** How old an answer is under the fault `expired-answer`. */
export const expiredByMs = 24 * 3_600_000;

/** A list stays good this long after the next one is due: the publication itself takes its time. */
export const crlGraceMs = 3_600_000;

/** Longer than any certificate of the CA, on both sides of now: a card that has just expired was issued by it, too. */
export const authorityPastMs = 6 * 365 * dayMs;
export const authorityFutureMs = 7 * 365 * dayMs;
/** The responder's certificate has to outlive the process; the simulator forgets everything after that. */
export const responderFutureMs = 30 * dayMs;
