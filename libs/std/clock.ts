// The door through which time comes in. Wall time (epoch milliseconds) is for what
// is written down and compared between parties; monotonic time is for deadlines,
// because a wall clock may jump (DESIGN, rules of the heart: "Time").

export const minuteMs = 60_000;
export const dayMs = 86_400_000;
/** Japan keeps one time, nine hours ahead, all the year. */
export const japanOffsetMs = 9 * 3_600_000;

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const finish = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal?.addEventListener('abort', finish, { once: true });
    }),
};

/** RFC 3339 in UTC with seconds, the form of every `time` field between our parties. */
export function toInstant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
