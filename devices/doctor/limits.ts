// How patient the doctor is, and what it calls too little.
export const limits = {
  /** One check, whatever it does; every device's own time-out is shorter. */
  checkTimeoutMs: 30_000,
  connectTimeoutMs: 3_000,
  healthTimeoutMs: 5_000,
  healthBytes: 4_096,
  /** DESIGN §4 "Time": more than that apart is out of service. */
  clockToleranceMs: 60_000,
  /** Below it a journal, a queue of cases or a log may find no room before somebody looks. */
  freeBytes: 512 * 1024 * 1024,
} as const;
