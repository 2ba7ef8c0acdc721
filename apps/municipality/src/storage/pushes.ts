// The outbox of card links: told to the center in order, until each has been taken.
import { IsNull, LessThan, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { cardLinksSchema, type CardLinks } from '#libs/contract/municipality.js';
import { CardLinkPushRow } from './register-entities.js';

export type Push = { readonly sequence: number; readonly links: CardLinks['links'] };

const storedLinks = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(cardLinksSchema.shape.links);

/** The oldest that the center has not taken. */
export async function findNextPush(manager: EntityManager): Promise<Push | null> {
  const [row] = await manager.find(CardLinkPushRow, { where: { takenAtMs: IsNull() }, order: { sequence: 'ASC' }, take: 1 });
  return row === undefined ? null : { sequence: row.sequence, links: storedLinks.parse(row.links) };
}

export async function markPushTaken(manager: EntityManager, sequence: number, atMs: number): Promise<void> {
  await manager.update(CardLinkPushRow, { sequence, takenAtMs: IsNull() }, { takenAtMs: atMs });
}

/** Is everything up to this push at the center. */
export async function isPushTaken(manager: EntityManager, sequence: number): Promise<boolean> {
  return (await manager.countBy(CardLinkPushRow, { takenAtMs: IsNull(), sequence: LessThan(sequence + 1) })) === 0;
}
