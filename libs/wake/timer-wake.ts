// The embedded default: a timer in the process, and at once when called.
import { systemClock, type Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { limits } from './limits.js';
import { Rounds } from './rounds.js';
import type { Wake } from './wake.js';

export type TimerWakeOptions = {
  /** What the timer calls by itself. */
  readonly topics: readonly string[];
  readonly log: Log;
  readonly intervalMs?: number;
  readonly clock?: Clock;
};

export function timerWake(options: TimerWakeOptions): Wake {
  const rounds = new Rounds(options.log);
  const ticking = startTicking(options, (topic) => rounds.run(topic));
  return {
    onWake: (worker) => rounds.onWake(worker),
    wake: async (topic) => void rounds.run(topic),
    close: async () => {
      ticking.stop();
      await rounds.close();
    },
  };
}

/** Calls every topic in each interval, starting one interval from now. */
export function startTicking(options: TimerWakeOptions, run: (topic: string) => Promise<void>): { stop(): void } {
  const clock = options.clock ?? systemClock;
  const stopped = new AbortController();
  const tick = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await clock.sleep(options.intervalMs ?? limits.timerIntervalMs, stopped.signal);
      if (!stopped.signal.aborted) await Promise.all(options.topics.map(run));
    }
  };
  void tick();
  return { stop: () => stopped.abort() };
}
