// What OCSP said once is remembered for as long as a list may count that was made before:
// a daily list that lags behind says nothing about a card that was revoked since.
import { LessThan, type EntityManager } from 'typeorm';
import { RevokedCardRow } from './entities.js';

export type Told = Pick<RevokedCardRow, 'tag' | 'toldMs'>;

/** Again is the same again; the latest moment stays, whichever node writes last. */
export async function rememberRevoked(manager: EntityManager, { tag, toldMs }: Told): Promise<void> {
  await manager.createQueryBuilder().insert().into(RevokedCardRow).values({ tag, toldMs }).orIgnore().execute();
  await manager.update(RevokedCardRow, { tag, toldMs: LessThan(toldMs) }, { toldMs });
}

/** When OCSP said so last, in epoch milliseconds. */
export async function findRevoked(manager: EntityManager, tag: string): Promise<number | null> {
  return (await manager.findOneBy(RevokedCardRow, { tag }))?.toldMs ?? null;
}

export async function deleteRevokedBefore(manager: EntityManager, toldBeforeMs: number): Promise<void> {
  await manager.delete(RevokedCardRow, { toldMs: LessThan(toldBeforeMs) });
}
