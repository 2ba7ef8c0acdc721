// Tells the center which cards are whose (libs/contract/municipality.ts), oldest first,
// until each push has been taken. The database holds what there is to tell; a wake-up only
// says "look".
import { cardLinksAnswerSchema, cardLinksSchema } from '#libs/contract/municipality.js';
import { sign } from '#libs/contract/sealed.js';
import { toInstant } from '#libs/std/clock.js';
import { limits } from '../limits.js';
import type { Parts } from '../issuance/parts.js';
import { findNextPush, isPushTaken, markPushTaken, type Push } from '../storage/pushes.js';

type PushParts = Pick<Parts, 'code' | 'key' | 'store' | 'clock' | 'log'> & { readonly centerUrl: string };

/** Ends at the first push that the center does not take; the next wake-up tries again. */
export async function pushCardLinks(parts: PushParts): Promise<void> {
  for (let push = await findNextPush(parts.store.read); push !== null; push = await findNextPush(parts.store.read)) {
    if (!(await tell(parts, push))) return;
    const { sequence } = push;
    await parts.store.write((manager) => markPushTaken(manager, sequence, parts.clock.nowMs()));
    parts.log.info('card-links-taken', { sequence });
  }
}

async function tell(parts: PushParts, { sequence, links }: Push): Promise<boolean> {
  const payload = cardLinksSchema.parse({ municipality: parts.code, sequence, links, time: toInstant(parts.clock.nowMs()) });
  const cardLinks = await sign('madoguchi-card-links+jws', payload, parts.key);
  try {
    const response = await fetch(new URL(`/v1/municipalities/${parts.code}/card-links`, parts.centerUrl), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cardLinks }),
      signal: AbortSignal.timeout(limits.centerTimeoutMs),
    });
    const answer = cardLinksAnswerSchema.safeParse(response.ok ? await response.json() : null);
    if (answer.success && answer.data.sequence >= sequence) return true;
    parts.log.warn('card-links-not-taken', { sequence, status: response.status });
  } catch {
    parts.log.warn('center-unreachable', { sequence });
  }
  return false;
}

/** Waits for the center, as the management port's caller does. False: not within the limit. */
export async function waitUntilTaken(parts: PushParts, sequence: number): Promise<boolean> {
  const deadlineMs = parts.clock.monotonicMs() + limits.pushWaitMs;
  while (!(await isPushTaken(parts.store.read, sequence))) {
    if (parts.clock.monotonicMs() > deadlineMs) return false;
    await parts.clock.sleep(limits.pushPollMs);
  }
  return true;
}
