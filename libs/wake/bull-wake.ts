// Several nodes: a call goes through Redis to any node that is free. A slow timer beside
// it finds what a lost Redis did not deliver, and a call that Redis does not take within
// half a second wakes the caller's own process.
import { systemClock, type Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { closeWakeQueue, wakeJobSchema, type WakeQueue } from './bull-queue.js';
import { limits } from './limits.js';
import { Rounds } from './rounds.js';
import { startTicking } from './timer-wake.js';
import type { Wake } from './wake.js';

export type BullWakeOptions = {
  /** From `openWakeQueue`, or from BullModule with `wakeQueueOptions`. `close` closes it too. */
  readonly queue: WakeQueue;
  readonly topics: readonly string[];
  readonly log: Log;
  readonly slowIntervalMs?: number;
  readonly clock?: Clock;
};

export function bullWake(options: BullWakeOptions): Wake {
  const { queue, log } = options;
  const rounds = new Rounds(log);
  const clock = options.clock ?? systemClock;
  watchConnection(queue, log);
  queue.process(1, async (job) => processJob(job.data, options, rounds)).catch(() => log.warn('redis-lost', { queue: queue.name }));
  const ticking = startTicking({ ...options, clock, intervalMs: options.slowIntervalMs ?? limits.slowIntervalMs }, (topic) =>
    rounds.run(topic),
  );
  const waiting = new Set<string>();

  const throughRedis = async (topic: string): Promise<boolean> => {
    // While Redis is away its client keeps what it is given: one call for each topic is enough.
    if (waiting.has(topic)) return false;
    waiting.add(topic);
    const added = queue.add({ topic }).then(
      () => true,
      () => false,
    );
    void added.then(() => waiting.delete(topic));
    const patience = new AbortController();
    const taken = await Promise.race([added, clock.sleep(limits.redisPatienceMs, patience.signal).then(() => false)]);
    patience.abort();
    return taken;
  };

  return {
    onWake: (worker) => rounds.onWake(worker),
    wake: async (topic) => {
      if (!(await throughRedis(topic))) void rounds.run(topic);
    },
    close: async () => {
      ticking.stop();
      await rounds.close();
      await closeWakeQueue(queue);
    },
  };
}

/** Whoever can write to Redis can put anything into it: what is no topic of ours wakes nobody. */
async function processJob(data: unknown, options: BullWakeOptions, rounds: Rounds): Promise<void> {
  const job = wakeJobSchema.safeParse(data);
  if (job.success && options.topics.includes(job.data.topic)) await rounds.run(job.data.topic);
  else options.log.warn('wake-job-malformed', { queue: options.queue.name });
}

/** One line when Redis is lost and one when it is back, however many errors its clients raise. */
function watchConnection(queue: WakeQueue, log: Log): void {
  let lost = false;
  queue.on('error', () => {
    if (!lost) log.warn('redis-lost', { queue: queue.name });
    lost = true;
  });
  queue.client.on('connect', () => {
    if (lost) log.info('redis-back', { queue: queue.name });
    lost = false;
  });
}
