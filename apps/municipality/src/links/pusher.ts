// Tells the center which cards are whose (libs/contract/municipality.ts), oldest first,
// until each push has been taken. The database holds what there is to tell; a wake-up only
// says "look". Before it tells anything, and from time to time, it asks what the center has:
// where that is not what we told it (a database lost on either side, a backup put back, a
// new secret), everything is told anew.
import { cardLinksAnswerSchema, cardLinksSchema } from '#libs/contract/municipality.js';
import { problemSchema } from '#libs/contract/problem.js';
import { sign } from '#libs/contract/sealed.js';
import { toInstant } from '#libs/std/clock.js';
import { limits } from '../limits.js';
import type { Parts } from '../issuance/parts.js';
import {
  enqueueAll,
  findLastPush,
  findNextPush,
  findPushRefusal,
  isPushAllWanted,
  isPushTaken,
  markPushRefused,
  markPushTaken,
  readLastTaken,
  type Push,
} from '../storage/pushes.js';

export type PushParts = Pick<Parts, 'code' | 'key' | 'store' | 'clock' | 'log'> & { readonly centerUrl: string };

/** One run: ends at the first push that the center does not take; the next wake-up tries again. */
export function cardLinkPusher(parts: PushParts): () => Promise<void> {
  let askedMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const { read } = parts.store;
    const isWaiting = (await findNextPush(read)) !== null || (await isPushAllWanted(read));
    if (!isWaiting && parts.clock.monotonicMs() - askedMs < limits.centerAskedEveryMs) return;
    if (!(await agreeWithCenter(parts))) return;
    askedMs = parts.clock.monotonicMs();
    await pushWaiting(parts);
  };
}

/** False where the center could not be asked, or there is nothing to tell it about yet. */
async function agreeWithCenter(parts: PushParts): Promise<boolean> {
  const { read } = parts.store;
  // Another node may push meanwhile: what was taken is read before the question, what exists after the answer.
  const lastTaken = await readLastTaken(read);
  const asked = await tell(parts, { sequence: lastTaken, links: [] });
  if (asked.code !== 'taken') {
    await noteRefusal(parts, asked);
    return false;
  }
  const lastPush = await findLastPush(read);
  if (lastPush === null) return false;
  const isApart = asked.sequence < lastTaken || asked.sequence > lastPush;
  if (!isApart && !(await isPushAllWanted(read))) return true;
  const sequence = await parts.store.write((manager) => enqueueAll(manager, asked.sequence));
  parts.log.warn('card-links-all-anew', { centerHas: asked.sequence, taken: lastTaken, pushed: lastPush, upTo: sequence ?? 0 });
  return true;
}

async function pushWaiting(parts: PushParts): Promise<void> {
  for (let push = await findNextPush(parts.store.read); push !== null; push = await findNextPush(parts.store.read)) {
    const told = await tell(parts, push);
    if (told.code !== 'taken') return noteRefusal(parts, told);
    const { sequence } = push;
    await parts.store.write((manager) => markPushTaken(manager, sequence, parts.clock.nowMs()));
    parts.log.info('card-links-taken', { sequence });
  }
}

async function noteRefusal(parts: PushParts, told: Exclude<Told, { code: 'taken' }>): Promise<void> {
  const waiting = await findNextPush(parts.store.read);
  const refusal = told.code === 'refused' ? told.refusal : null;
  if (waiting === null || (await findPushRefusal(parts.store.read)) === refusal) return;
  await parts.store.write((manager) => markPushRefused(manager, waiting.sequence, refusal));
}

type Told =
  | { readonly code: 'taken'; readonly sequence: number }
  | { readonly code: 'refused'; readonly refusal: string }
  | { readonly code: 'unreachable' };

/** `taken`: with the number of the last push that the center has. */
async function tell(parts: PushParts, push: Push): Promise<Told> {
  const { sequence } = push;
  const payload = cardLinksSchema.parse({ municipality: parts.code, ...push, time: toInstant(parts.clock.nowMs()) });
  const cardLinks = await sign('madoguchi-card-links+jws', payload, parts.key);
  try {
    const response = await fetch(new URL(`/v1/municipalities/${parts.code}/card-links`, parts.centerUrl), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cardLinks }),
      signal: AbortSignal.timeout(limits.centerTimeoutMs),
    });
    const body: unknown = await response.json().catch(() => null);
    const answer = cardLinksAnswerSchema.safeParse(response.ok ? body : null);
    const isQuestion = push.links.length === 0 && push.all === undefined;
    if (answer.success && (isQuestion || answer.data.sequence >= sequence)) return { code: 'taken', sequence: answer.data.sequence };
    const problem = problemSchema.safeParse(body);
    const refusal = problem.success ? problem.data.code : `status-${response.status}`;
    parts.log.warn('card-links-not-taken', { sequence, status: response.status, refusal });
    return { code: 'refused', refusal };
  } catch {
    parts.log.warn('center-unreachable', { sequence });
    return { code: 'unreachable' };
  }
}

export type Waited = 'taken' | 'center-refused' | 'center-unreachable';

/** Waits for the center, as the management port's caller does; not taken within the limit: why not. */
export async function waitUntilTaken(parts: PushParts, sequence: number): Promise<Waited> {
  const deadlineMs = parts.clock.monotonicMs() + limits.pushWaitMs;
  while (!(await isPushTaken(parts.store.read, sequence))) {
    if (parts.clock.monotonicMs() > deadlineMs) {
      return (await findPushRefusal(parts.store.read)) === null ? 'center-unreachable' : 'center-refused';
    }
    await parts.clock.sleep(limits.pushPollMs);
  }
  return 'taken';
}
