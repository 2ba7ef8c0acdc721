// How long the doctor of a kiosk waits for what does not answer at once.
export const limits = {
  /** From opening PC/SC to the last reader's first status. */
  readersSettleMs: 1_500,
  readersPollMs: 50,
  /** Connecting and signing on; the host link's own times are 5 s and 10 s. */
  signOnTimeoutMs: 16_000,
} as const;
