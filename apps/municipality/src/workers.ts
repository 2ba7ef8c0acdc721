// The two workers: card links to the center, and the erasing of what has expired. A timer
// or Bull on Redis wakes them; what there is to do, they read in the database.
import { bullWake } from '#libs/wake/bull-wake.js';
import { openWakeQueue } from '#libs/wake/bull-queue.js';
import { timerWake } from '#libs/wake/timer-wake.js';
import type { Wake } from '#libs/wake/wake.js';
import type { Parts } from './issuance/parts.js';
import { limits } from './limits.js';
import { cardLinkPusher } from './links/pusher.js';
import { eraseExpired, forgetAbandonedBefore } from './storage/issuance.js';

const topics = { cardLinks: 'card-links', erase: 'erase' } as const;

export type Workers = { wakePusher(): Promise<void>; close(): Promise<void> };

export function startWorkers(parts: Parts & { readonly centerUrl: string }, redisUrl: string | undefined): Workers {
  const wake = openWake(parts, redisUrl);
  const pushCardLinks = cardLinkPusher(parts);
  wake.onWake(async (topic) => {
    if (topic === topics.cardLinks) return pushCardLinks();
    const erased = await parts.store.write(async (manager) => {
      const nowMs = parts.clock.nowMs();
      await forgetAbandonedBefore(manager, nowMs - limits.abandonedKeptMs);
      return eraseExpired(manager, nowMs, limits.rowsAtOnce);
    });
    if (erased.bundles > 0) parts.log.info('bundles-erased', { erased: erased.bundles });
    // Its kiosk may come back and say so; if it never does, somebody has to know.
    for (const request of erased.withoutOutcome) parts.log.error('outcome-missing', { request });
  });
  return { wakePusher: () => wake.wake(topics.cardLinks), close: () => wake.close() };
}

function openWake({ log, code }: Parts, redisUrl: string | undefined): Wake {
  const shared = { topics: Object.values(topics), log };
  if (redisUrl === undefined) return timerWake({ ...shared, intervalMs: limits.workerIntervalMs });
  return bullWake({ ...shared, queue: openWakeQueue(`municipality-${code}`, redisUrl), slowIntervalMs: limits.workerIntervalMs });
}
