// Every limit of what all rooms share.

export const limits = {
  /** Deeper than any file of ours; reading one must not end where the call stack does. */
  jsonDepth: 100,
  /** Of lines that a log which cannot be written keeps in memory. */
  waitingLogBytes: 256 * 1024,
} as const;
