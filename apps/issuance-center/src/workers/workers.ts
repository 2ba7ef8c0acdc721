// Which worker does what when it is woken.
import type { Wake } from '#libs/wake/wake.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { passOnOutcomes } from './outcomes-worker.js';
import { deleteOldRows, endExpiredSessions } from './retention-worker.js';

export const topics = ['outcomes', 'retention'] as const;
export type Topic = (typeof topics)[number];

export function startWorkers(parts: Parts, wake: Wake): void {
  let deletedAtMs = Number.NEGATIVE_INFINITY;
  wake.onWake(async (topic) => {
    if (topic === 'outcomes') return passOnOutcomes(parts);
    await endExpiredSessions(parts);
    if (parts.clock.monotonicMs() - deletedAtMs < limits.deleteEveryMs) return;
    deletedAtMs = parts.clock.monotonicMs();
    await deleteOldRows(parts);
  });
}
