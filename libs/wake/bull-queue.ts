// The one door to Bull. A job is `{ topic }` and is removed as soon as it ran: there is
// nothing in Redis that anybody could miss.
import Bull from 'bull';
import { z } from 'zod';
import { limits } from './limits.js';

export const wakeJobSchema = z.strictObject({ topic: z.string().regex(/^[a-z0-9-]{1,64}$/) });
export type WakeJob = z.infer<typeof wakeJobSchema>;
export type WakeQueue = Bull.Queue<WakeJob>;

export type WakeQueueOptions = { readonly name: string; readonly url: string } & Bull.QueueOptions;

/** For `BullModule.registerQueue(...)` of @nestjs/bull, and for `openWakeQueue`. */
export function wakeQueueOptions(name: string, redisUrl: string): WakeQueueOptions {
  return {
    name,
    url: redisUrl,
    redis: {
      // Bull's own connections wait for Redis as long as it takes; who may not wait has the timer.
      maxRetriesPerRequest: null,
      enableReadyCheck: false,
      retryStrategy: (times: number) => Math.min(times * 100, limits.redisReconnectMs),
    },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  };
}

export function openWakeQueue(name: string, redisUrl: string): WakeQueue {
  return new Bull<WakeJob>(name, redisUrl, wakeQueueOptions(name, redisUrl));
}

/** Bull's `close` waits for Redis where it was never reached; after a while its connections are cut instead. */
export async function closeWakeQueue(queue: WakeQueue): Promise<void> {
  const closed = queue.close().catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limits.closeWithinMs);
  });
  await Promise.race([closed, patience]);
  clearTimeout(timer);
  for (const client of queue.clients) client.disconnect();
}
