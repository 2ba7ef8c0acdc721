// Patience with pcscd and its virtual reader. pcscd looks for cards every 400 ms
// (PCSCLITE_STATUS_POLL_RATE); everything here is a multiple of that.
export const limits = {
  /** Until a card that was put in has been asked for its ATR. */
  noticedTimeoutMs: 10_000,
  /** Between two tries to reach a vpcd that is not there (yet). */
  reconnectMs: 250,
  /** The programs between a slot and its vpcd, from SIGTERM to SIGKILL. */
  lineCloseTimeoutMs: 1_000,
  /** One answer of a virtual card to the direct reader. */
  answerTimeoutMs: 30_000,
  daemonStartTimeoutMs: 10_000,
  daemonStopTimeoutMs: 3_000,
  daemonPollMs: 25,
  /** A pcscd that is away for longer is not being restarted. */
  goneAfterMs: 2_000,
  /** Waiting for the one pcscd of a machine that can have no private ones. */
  lockTimeoutMs: 120_000,
  lockPollMs: 200,
  /** Debian's reader.conf.d/vpcd: 0x8C7B and the next. */
  firstPort: 35963,
} as const;
