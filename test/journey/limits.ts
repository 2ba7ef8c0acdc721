// How long stories of the whole wait. Nothing here is a measurement: a loaded machine is slow.
export const limits = {
  /** Opening a branch: nine processes. */
  openTimeoutMs: 120_000,
  /** One person, from the door to the door. */
  visitTimeoutMs: 150_000,
  /** Anything that happens by itself behind the counter. */
  untilTimeoutMs: 60_000,
  pollMs: 100,
} as const;
