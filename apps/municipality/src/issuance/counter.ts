// 「窓口へ」 (DESIGN §4, "Refusals do not speak"): the true reason goes into the audited
// table and nowhere else, and the answer comes after a time that does not depend on it.
import { insertRefusal, type EntityManager } from '../storage/issuance.js';
import type { Parts } from './parts.js';
import type { Refused } from './refused.js';
import type { Result } from '#libs/std/result.js';

export type Cause = {
  readonly step: 'login' | 'request' | 'charge';
  readonly kiosk: string;
  readonly session: string;
  readonly request: string | null;
  readonly residentNumber: string | null;
  readonly reason: string;
  readonly detail: string | null;
};

export async function recordRefusal(parts: Parts, manager: EntityManager, cause: Cause): Promise<void> {
  await insertRefusal(manager, {
    id: parts.random.uuid(),
    atMs: parts.clock.nowMs(),
    ...cause,
    detail: cause.detail?.slice(0, 200) ?? null,
  });
}

/** Runs `work`; where it ends at the counter, the answer waits for the next multiple of `refusalAfterMs` since the question. */
export async function pace<T>(parts: Parts, work: () => Promise<Result<T, Refused>>): Promise<Result<T, Refused>> {
  const startedMs = parts.clock.monotonicMs();
  const result = await work();
  if (result.ok || result.error.code !== 'go-to-counter') return result;
  const elapsedMs = parts.clock.monotonicMs() - startedMs;
  const step = parts.limits.refusalAfterMs;
  await parts.clock.sleep(Math.max(1, Math.ceil(elapsedMs / step)) * step - elapsedMs);
  return result;
}
