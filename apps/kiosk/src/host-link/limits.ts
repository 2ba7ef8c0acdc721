// Times and counts of the line to the bank (reference payment §3.4).
const second = 1_000;

type Pause = { readonly first: number; readonly most: number };

export type HostLinkLimits = {
  /** T1: no answer in it, and the outcome is unknown. */
  readonly answerTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** Sign-on, echo: how long the host may take. */
  readonly networkTimeoutMs: number;
  readonly echoAfterIdleMs: number;
  /** Unanswered echoes before the connection is given up. */
  readonly missedEchoes: number;
  /** How long closing waits for the answer to the sign-off. */
  readonly signOffTimeoutMs: number;
  /** The pause before connecting again doubles, with up to half of itself at random on top. */
  readonly reconnectPauseMs: Pause;
};

export const hostLinkLimits: HostLinkLimits = {
  answerTimeoutMs: 30 * second,
  connectTimeoutMs: 5 * second,
  networkTimeoutMs: 10 * second,
  echoAfterIdleMs: 60 * second,
  missedEchoes: 2,
  signOffTimeoutMs: 1 * second,
  reconnectPauseMs: { first: 0.5 * second, most: 30 * second },
};

export type ForwarderLimits = {
  readonly pauseMs: Pause;
  /** How often the store is looked at when nobody calls. */
  readonly pollMs: number;
  /** From then on a person knows; it is tried all the same. */
  readonly attemptsBeforeCase: number;
};

export const forwarderLimits: ForwarderLimits = {
  pauseMs: { first: 1 * second, most: 60 * second },
  pollMs: 10 * second,
  attemptsBeforeCase: 6,
};
