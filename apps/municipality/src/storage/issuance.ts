// Offers, requests and copies. The legal prior states are conditions of the writes.
import { In, IsNull, LessThan, Not, type EntityManager } from 'typeorm';
import { assert } from '#libs/std/assert.js';
import { AbandonedRequestRow, CopyRow, OfferRow, RefusalRow, RequestRow, type CopyState } from './issuance-entities.js';

export type { EntityManager } from 'typeorm';
export type { CopyRow, CopyState, OfferRow, RefusalRow, RequestRow } from './issuance-entities.js';

export async function insertOffer(manager: EntityManager, offer: OfferRow): Promise<void> {
  await manager.insert(OfferRow, offer);
}

export async function findOffer(manager: EntityManager, offer: string): Promise<OfferRow | null> {
  return manager.findOneBy(OfferRow, { offer });
}

export async function findRequest(manager: EntityManager, request: string): Promise<RequestRow | null> {
  return manager.findOneBy(RequestRow, { request });
}

export async function findRequestOfSession(manager: EntityManager, session: string): Promise<RequestRow | null> {
  return manager.findOneBy(RequestRow, { session });
}

/** Refused by the database where the request or its session is there already. */
export async function insertRequest(manager: EntityManager, request: RequestRow, copies: readonly CopyRow[]): Promise<void> {
  await manager.insert(RequestRow, request);
  if (copies.length > 0) await manager.insert(CopyRow, [...copies]);
}

/** In the order of copy and attempt. */
export async function readCopies(manager: EntityManager, request: string): Promise<readonly CopyRow[]> {
  return manager.find(CopyRow, { where: { request }, order: { copy: 'ASC', attempt: 'ASC' } });
}

export type PreparedCopy = { readonly copy: number; readonly attempt: number; readonly pdfSha256: string };
export type Prepared = { readonly bundle: string; readonly registerVersion: number; readonly expiresMs: number; readonly atMs: number };

/** preparing → prepared, all copies with it. False: somebody else was first, and theirs is the answer. */
export async function markPrepared(
  manager: EntityManager,
  request: string,
  { copies, ...answer }: Prepared & { readonly copies: readonly PreparedCopy[] },
): Promise<boolean> {
  const { affected } = await manager.update(
    RequestRow,
    { request, state: 'preparing' },
    { state: 'prepared', bundle: answer.bundle, registerVersion: answer.registerVersion, expiresMs: answer.expiresMs },
  );
  if (affected !== 1) return false;
  for (const { copy, attempt, pdfSha256 } of copies) {
    const change = { state: 'prepared' as const, pdfSha256, changedMs: answer.atMs };
    const updated = await manager.update(CopyRow, { request, copy, attempt, state: 'preparing' }, change);
    assert(updated.affected === 1, 'a request in preparation has its copies in preparation');
  }
  return true;
}

/** preparing → refused; its numbers are used up. */
export async function markRefused(manager: EntityManager, request: string, atMs: number): Promise<void> {
  const { affected } = await manager.update(RequestRow, { request, state: 'preparing' }, { state: 'refused' });
  if (affected === 1) await manager.update(CopyRow, { request, state: 'preparing' }, { state: 'voided', changedMs: atMs });
}

/** preparing → abandoned; what was made, or is being made, is void, and nobody may ask for it any more. */
export async function markAbandoned(manager: EntityManager, request: string, atMs: number): Promise<void> {
  await manager.update(RequestRow, { request, state: 'preparing' }, { state: 'abandoned' });
  await manager.update(CopyRow, { request, state: In(['preparing', 'prepared']) }, { state: 'voided', changedMs: atMs });
  await manager.update(RequestRow, { request }, { bundle: null });
}

/** The word came before the request. Twice the same is once. */
export async function rememberAbandoned(manager: EntityManager, abandoned: AbandonedRequestRow): Promise<void> {
  const { request, kiosk, session } = abandoned;
  if (await manager.existsBy(AbandonedRequestRow, { request, kiosk, session })) return;
  await manager.insert(AbandonedRequestRow, abandoned);
}

/** By its own kiosk in its own session: a stranger's word about somebody else's request counts for nothing. */
export async function isAbandoned(
  manager: EntityManager,
  { request, session, kiosk }: Pick<RequestRow, 'request' | 'session' | 'kiosk'>,
): Promise<boolean> {
  return manager.existsBy(AbandonedRequestRow, { request, session, kiosk });
}

export async function forgetAbandonedBefore(manager: EntityManager, atMs: number): Promise<void> {
  await manager.delete(AbandonedRequestRow, { atMs: LessThan(atMs) });
}

export type CopyChange = {
  readonly request: string;
  readonly copy: number;
  readonly attempt: number;
  readonly from: CopyState;
  readonly to: CopyState;
  readonly atMs: number;
};

/** False when the copy was no longer in `from`. */
export async function changeCopy(manager: EntityManager, change: CopyChange): Promise<boolean> {
  const { request, copy, attempt, from, to, atMs } = change;
  const { affected } = await manager.update(CopyRow, { request, copy, attempt, state: from }, { state: to, changedMs: atMs });
  return affected === 1;
}

/** When no copy waits for its outcome any more, nobody may ask for the bundle again. */
export async function eraseBundleWhenSettled(manager: EntityManager, request: string): Promise<void> {
  const waiting = await manager.countBy(CopyRow, { request, state: In(['preparing', 'prepared']) });
  if (waiting === 0) await manager.update(RequestRow, { request }, { bundle: null });
}

export type Erased = {
  readonly bundles: number;
  /** Requests of which nobody has said what became of their copies, and whose time is over: a sheet may be out. */
  readonly withoutOutcome: readonly string[];
};

/**
 * At most so many bundles; told of each request once, because its bundle is gone after that. Offers go with their time, but not while something lies prepared
 * under them: before it is charged, it is looked up for whom it was made (issuance/go-ahead.ts).
 */
export async function eraseExpired(manager: EntityManager, atMs: number, most: number): Promise<Erased> {
  const where = { bundle: Not(IsNull()), expiresMs: LessThan(atMs) };
  const over = await manager.find(RequestRow, { select: { request: true }, where, order: { expiresMs: 'ASC' }, take: most });
  const requests = over.map(({ request }) => request);
  const open = await manager.findBy(CopyRow, { request: In(requests), state: 'prepared' });
  await manager.update(RequestRow, { request: In(requests) }, { bundle: null });
  const needed = '"offer" NOT IN (SELECT "offer" FROM "requests" WHERE "bundle" IS NOT NULL AND "expiresMs" >= :atMs)';
  const expired = manager.createQueryBuilder().delete().from(OfferRow).where('"validUntilMs" < :atMs', { atMs });
  await expired.andWhere(needed, { atMs }).execute();
  return { bundles: requests.length, withoutOutcome: [...new Set(open.map(({ request }) => request))] };
}

export async function insertRefusal(manager: EntityManager, refusal: RefusalRow): Promise<void> {
  await manager.insert(RefusalRow, refusal);
}

export async function readRefusals(manager: EntityManager): Promise<readonly RefusalRow[]> {
  return manager.find(RefusalRow, { order: { atMs: 'ASC' } });
}

export type IssuanceLine = Pick<CopyRow, 'request' | 'copy' | 'attempt' | 'state' | 'certificateNumber'>;

/** The issuance register: one line a copy, in the order of their numbers. */
export async function readIssuances(manager: EntityManager, most: number): Promise<readonly IssuanceLine[]> {
  return manager.find(CopyRow, {
    select: { request: true, copy: true, attempt: true, state: true, certificateNumber: true },
    order: { certificateNumber: 'ASC' },
    take: most,
  });
}
