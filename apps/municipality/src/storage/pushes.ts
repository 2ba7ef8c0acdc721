// The outbox of card links: told to the center in order, until each has been taken.
import { IsNull, LessThan, LessThanOrEqual, Not, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { cardLinksSchema, type CardLinks } from '#libs/contract/municipality.js';
import { toInstant } from '#libs/std/clock.js';
import { limits } from '../limits.js';
import { CardLinkPushRow, CardLinkRow, RegisterState } from './register-entities.js';

export type LinkChange = Pick<CardLinkRow, 'caKeyId' | 'serial' | 'state' | 'usableFromMs'>;
export type Push = Pick<CardLinks, 'sequence' | 'links' | 'all'>;

const storedLinks = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(cardLinksSchema.shape.links);

/** Returns the sequence of the last push, whether there was anything to push or not. */
export async function enqueueChanges(manager: EntityManager, changes: readonly LinkChange[]): Promise<number> {
  const { lastPush } = await manager.findOneByOrFail(RegisterState, { id: 1 });
  return enqueue(manager, { changes: inParts(changes), after: lastPush, isAll: false });
}

/**
 * Everything that is known here, linked and unlinked, in place of all that still waits; with
 * numbers above ours and above what the center has. Null before the first register.
 */
export async function enqueueAll(manager: EntityManager, centerHas: number): Promise<number | null> {
  const state = await manager.findOneBy(RegisterState, { id: 1 });
  if (state === null) return null;
  await manager.delete(CardLinkPushRow, { takenAtMs: IsNull() });
  const changes = inParts(await manager.find(CardLinkRow, { order: { caKeyId: 'ASC', serial: 'ASC' } }));
  const all = { changes: changes.length === 0 ? [[]] : changes, after: Math.max(state.lastPush, centerHas), isAll: true };
  await manager.update(RegisterState, { id: 1 }, { pushAllWanted: false });
  return enqueue(manager, all);
}

function inParts(changes: readonly LinkChange[]): readonly (readonly LinkChange[])[] {
  const parts = Math.ceil(changes.length / limits.linksPerPush);
  return Array.from({ length: parts }, (_, part) => changes.slice(part * limits.linksPerPush, (part + 1) * limits.linksPerPush));
}

type Queued = { readonly changes: readonly (readonly LinkChange[])[]; readonly after: number; readonly isAll: boolean };

async function enqueue(manager: EntityManager, { changes, after, isAll }: Queued): Promise<number> {
  for (const [index, part] of changes.entries()) {
    await manager.insert(CardLinkPushRow, {
      sequence: after + 1 + index,
      links: JSON.stringify(part.map(writeChange)),
      allFrom: isAll ? after + 1 : null,
      isLast: index === changes.length - 1,
      takenAtMs: null,
      refusal: null,
    });
  }
  await manager.update(RegisterState, { id: 1 }, { lastPush: after + changes.length });
  return after + changes.length;
}

function writeChange({ caKeyId, serial, state, usableFromMs }: LinkChange): CardLinks['links'][number] {
  return { caKeyId, serial, change: state, usableFrom: toInstant(usableFromMs) };
}

/** The oldest that the center has not taken. */
export async function findNextPush(manager: EntityManager): Promise<Push | null> {
  const [row] = await manager.find(CardLinkPushRow, { where: { takenAtMs: IsNull() }, order: { sequence: 'ASC' }, take: 1 });
  if (row === undefined) return null;
  const push = { sequence: row.sequence, links: storedLinks.parse(row.links) };
  return row.allFrom === null ? push : { ...push, all: { from: row.allFrom, last: row.isLast } };
}

/** Those before it, taken long ago, go. */
export async function markPushTaken(manager: EntityManager, sequence: number, atMs: number): Promise<void> {
  await manager.update(CardLinkPushRow, { sequence, takenAtMs: IsNull() }, { takenAtMs: atMs, refusal: null });
  await manager.delete(CardLinkPushRow, { sequence: LessThan(sequence), takenAtMs: Not(IsNull()) });
}

/** What came of the last attempt: the center's code, or null when there was no answer. */
export async function markPushRefused(manager: EntityManager, sequence: number, refusal: string | null): Promise<void> {
  await manager.update(CardLinkPushRow, { sequence, takenAtMs: IsNull() }, { refusal });
}

export async function findPushRefusal(manager: EntityManager): Promise<string | null> {
  const [row] = await manager.find(CardLinkPushRow, { where: { takenAtMs: IsNull() }, order: { sequence: 'ASC' }, take: 1 });
  return row?.refusal ?? null;
}

/** Is everything up to this push at the center; also a full push that came in place of it. */
export async function isPushTaken(manager: EntityManager, sequence: number): Promise<boolean> {
  const takenAtMs = IsNull();
  const waiting = await manager.countBy(CardLinkPushRow, [
    { takenAtMs, sequence: LessThanOrEqual(sequence) },
    { takenAtMs, allFrom: Not(IsNull()) },
  ]);
  return waiting === 0 && !(await isPushAllWanted(manager));
}

export async function wantPushAll(manager: EntityManager): Promise<boolean> {
  const { affected } = await manager.update(RegisterState, { id: 1 }, { pushAllWanted: true });
  return affected === 1;
}

export async function isPushAllWanted(manager: EntityManager): Promise<boolean> {
  return manager.existsBy(RegisterState, { id: 1, pushAllWanted: true });
}

/** Number of the last push that the center took; 0 for none. */
export async function readLastTaken(manager: EntityManager): Promise<number> {
  return (await manager.maximum(CardLinkPushRow, 'sequence', { takenAtMs: Not(IsNull()) })) ?? 0;
}

/** Number of the last push that was ever written down; null before the first register. */
export async function findLastPush(manager: EntityManager): Promise<number | null> {
  return (await manager.findOneBy(RegisterState, { id: 1 }))?.lastPush ?? null;
}
