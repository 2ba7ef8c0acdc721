// Every limit of what all rooms share.

export const limits = {
  /** Deeper than any file of ours; reading one must not end where the call stack does. */
  jsonDepth: 100,
} as const;
