// How long the printing tests wait for programs that are not ours.
export const limits = {
  startTimeoutMs: 15_000,
  startPollMs: 100,
  /** Starts are tried again when somebody else took the free port in between. */
  startAttempts: 3,
} as const;
