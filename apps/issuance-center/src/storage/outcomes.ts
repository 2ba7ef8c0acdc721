// What became of the copies, as the kiosk signed it: stored first, then passed on until
// the municipality has taken it, in the order in which it came.
import { In, LessThan, LessThanOrEqual, MoreThan, type EntityManager } from 'typeorm';
import { OutcomeRow, RequestRow } from './entities.js';

export type { EntityManager } from 'typeorm';

export type NewOutcome = Pick<OutcomeRow, 'request' | 'kiosk' | 'municipality' | 'contentSha256' | 'outcome' | 'storedMs'>;

/**
 * Once for each content. False: this kiosk has told more of this request than any story tells. Counted and kept in
 * order for each kiosk alone: of a request that the center does not know, any kiosk may say something. The bundle is
 * not needed any more.
 */
export async function storeOutcome(manager: EntityManager, outcome: NewOutcome, most: number): Promise<boolean> {
  const { request, kiosk } = outcome;
  const before = await manager.findBy(OutcomeRow, { request, kiosk });
  if (before.some((row) => row.contentSha256 === outcome.contentSha256)) return true;
  if (before.length >= most) return false;
  const position = before.length + 1;
  await manager.insert(OutcomeRow, { ...outcome, position, state: 'waiting', attempts: 0, nextMs: outcome.storedMs });
  await manager.update(RequestRow, { request }, { answer: null });
  return true;
}

export type Due = {
  readonly atMs: number;
  /** Nothing is put off for longer; what seems to be was put off by a clock that was ahead, and is due. */
  readonly longestPauseMs: number;
  readonly most: number;
};

/** Due ones whose forerunners are settled. */
export async function readDue(manager: EntityManager, { atMs, longestPauseMs, most }: Due): Promise<readonly OutcomeRow[]> {
  const state = 'waiting' as const;
  const where = [
    { state, nextMs: LessThanOrEqual(atMs) },
    { state, nextMs: MoreThan(atMs + longestPauseMs) },
  ];
  const due = await manager.find(OutcomeRow, { where, order: { nextMs: 'ASC', position: 'ASC' }, take: most });
  const waiting = await manager.findBy(OutcomeRow, { request: In(due.map((row) => row.request)), state: 'waiting' });
  const isBefore = (one: OutcomeRow, row: OutcomeRow): boolean =>
    one.request === row.request && one.kiosk === row.kiosk && one.position < row.position;
  return due.filter((row) => !waiting.some((other) => isBefore(other, row)));
}

/** Takes an outcome for a while; the workers of other nodes leave it alone. False: one of them was faster. */
export async function leaseOutcome(manager: EntityManager, row: OutcomeRow, untilMs: number): Promise<boolean> {
  const { contentSha256, nextMs, attempts } = row;
  const mine = { nextMs: untilMs, attempts: attempts + 1 };
  return (await manager.update(OutcomeRow, { contentSha256, nextMs, state: 'waiting' }, mine)).affected === 1;
}

export async function settleOutcome(manager: EntityManager, contentSha256: string, state: 'passed-on' | 'refused'): Promise<void> {
  await manager.update(OutcomeRow, { contentSha256, state: 'waiting' }, { state });
}

export async function postponeOutcome(manager: EntityManager, contentSha256: string, nextMs: number): Promise<void> {
  await manager.update(OutcomeRow, { contentSha256, state: 'waiting' }, { nextMs });
}

export async function countWaiting(manager: EntityManager): Promise<number> {
  return manager.countBy(OutcomeRow, { state: 'waiting' });
}

/** Only what its municipality has taken: the rest is of use to somebody, however old. */
export async function deleteOutcomesBefore(manager: EntityManager, storedBeforeMs: number): Promise<void> {
  await manager.delete(OutcomeRow, { storedMs: LessThan(storedBeforeMs), state: 'passed-on' });
}
