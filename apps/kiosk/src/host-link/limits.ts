// Times and counts of the line to the bank (reference payment §3.4).
const second = 1_000;

export const limits = {
  /** T1: no answer in it, and the outcome is unknown. */
  answerTimeoutMs: 30 * second,
  connectTimeoutMs: 5 * second,
  /** Sign-on, echo: how long the host may take. */
  networkTimeoutMs: 10 * second,
  echoAfterIdleMs: 60 * second,
  /** Unanswered echoes before the connection is given up. */
  missedEchoes: 2,
  /** How long closing waits for the answer to the sign-off. */
  signOffTimeoutMs: 1 * second,
  /** The pause before connecting again doubles, with up to half of itself at random on top. */
  reconnectPauseMs: { first: 0.5 * second, most: 30 * second },
  reversalPauseMs: { first: 1 * second, most: 60 * second },
  /** How often the store is looked at when nobody calls. */
  reversalPollMs: 10 * second,
  /** From then on a person knows; it is tried all the same. */
  reversalAttemptsBeforeCase: 6,
} as const;
