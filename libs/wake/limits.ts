// Every limit of the wake-up, with its unit.
export const limits = {
  /** How often a timer looks by itself when nobody called. */
  timerIntervalMs: 1_000,
  /** The same beside Redis: it only catches what a lost Redis lost. */
  slowIntervalMs: 5_000,
  /** How long `wake` waits for Redis before it wakes its own process instead. */
  redisPatienceMs: 500,
  /** Longest pause between two attempts to reach Redis again. */
  redisReconnectMs: 1_000,
  closeWithinMs: 3_000,
} as const;
