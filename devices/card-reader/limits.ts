// How patient the PC/SC adapter is.
export const limits = {
  /** Between two tries to reach a pcscd that is not there. */
  unavailableRetryMs: 500,
  /** A context in which a reader is still missing is thrown away after this, then after twice … */
  firstRescanMs: 2_000,
  /** … but not later than this: pcsclite's own hot-plug notice loses readers now and then. */
  lastRescanMs: 30_000,
  /** How long a reader that pcscd lists but cannot reach is waited for before it is looked for anew. */
  doubtMs: 10_000,
  /** One APDU: an RSA signature takes a card under a second, a mute card for ever. */
  answerTimeoutMs: 30_000,
  /** After a broken exchange: how long pcscd may take to notice that the card is gone (it looks every 400 ms). */
  settleMs: 1_500,
  /** Until a context that was just opened has told all readers that are there. */
  namesSettleMs: 300,
  /** An ATR that follows its status event. */
  atrTimeoutMs: 1_000,
  /** ISO/IEC 7816-4: 65536 bytes and a status word. */
  answerBytes: 65_538,
  /** Until the native thread of a reader that has just spoken waits for pcscd again. */
  threadSettleMs: 50,
  /** Turns of the event loop until a closed native reader is no longer used by its own callbacks. */
  retireTurns: 4,
} as const;
