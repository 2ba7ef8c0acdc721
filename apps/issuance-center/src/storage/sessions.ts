// The life of a session. The legal prior states are conditions of the writes; the fencing
// token makes sure that only the newest owner of a session writes what came of it.
import { In, LessThan, Not, type EntityManager } from 'typeorm';
import { SessionRow } from './entities.js';

export type NewSession = Pick<
  SessionRow,
  'session' | 'kiosk' | 'openingSha256' | 'sessionKey' | 'nonce' | 'tokenSha256' | 'openedMs' | 'expiresMs'
>;

/** The row that is there afterwards: the new one, or the one that had this id before. */
export async function openOnce(manager: EntityManager, session: NewSession): Promise<SessionRow> {
  const before = await manager.findOneBy(SessionRow, { session: session.session });
  if (before !== null) return before;
  const fresh = { state: 'opened' as const, fence: 0, municipality: null, certificateTag: null, loginSha256: null, loginAnswer: null };
  await manager.insert(SessionRow, { ...session, ...fresh });
  return manager.findOneByOrFail(SessionRow, { session: session.session });
}

export async function findSession(manager: EntityManager, session: string): Promise<SessionRow | null> {
  return manager.findOneBy(SessionRow, { session });
}

export type LoginClaim =
  { readonly kind: 'claimed'; readonly fence: number } | { readonly kind: 'answered'; readonly stored: string } | { readonly kind: 'used' };

/** opened → logging-in; the same statement of the same card again takes over from whoever had it before. */
export async function claimLogin(
  manager: EntityManager,
  login: { readonly session: string; readonly loginSha256: string; readonly certificateTag: string },
): Promise<LoginClaim> {
  const { session, loginSha256, certificateTag } = login;
  const row = await manager.findOneByOrFail(SessionRow, { session });
  const isRepeat = row.loginSha256 === loginSha256 && row.certificateTag === certificateTag;
  if (isRepeat && row.loginAnswer !== null) return { kind: 'answered', stored: row.loginAnswer };
  const fence = row.fence + 1;
  const mine = { state: 'logging-in' as const, fence, loginSha256, certificateTag };
  const first = await manager.update(SessionRow, { session, fence: row.fence, state: 'opened' }, mine);
  if (first.affected === 1) return { kind: 'claimed', fence };
  const repeat = await manager.update(SessionRow, { session, fence: row.fence, state: 'logging-in', loginSha256, certificateTag }, mine);
  return repeat.affected === 1 ? { kind: 'claimed', fence } : { kind: 'used' };
}

export type LoginEnd = {
  readonly session: string;
  readonly fence: number;
  readonly end:
    | { readonly state: 'logged-in'; readonly municipality: string; readonly stored: string }
    | { readonly state: 'refused'; readonly stored: string }
    /** Nothing was decided. */
    | { readonly state: 'opened' };
};

/** logging-in → what came of it. False: this session has a newer owner, or has ended. */
export async function finishLogin(manager: EntityManager, { session, fence, end }: LoginEnd): Promise<boolean> {
  const change =
    end.state === 'opened'
      ? { state: end.state, loginSha256: null, certificateTag: null }
      : { state: end.state, loginAnswer: end.stored, municipality: end.state === 'logged-in' ? end.municipality : null };
  const { affected } = await manager.update(SessionRow, { session, fence, state: 'logging-in' }, change);
  return affected === 1;
}

/** Any state → ended. The fence moves on, so that nothing under way can still store an answer. */
export async function endSession(manager: EntityManager, session: string): Promise<void> {
  await manager.increment(SessionRow, { session, state: Not('ended') }, 'fence', 1);
  await manager.update(SessionRow, { session, state: Not('ended') }, { state: 'ended', loginAnswer: null });
}

/** The ids of sessions whose time is over; at most `most`. */
export async function readExpired(manager: EntityManager, atMs: number, most: number): Promise<readonly string[]> {
  const rows = await manager.find(SessionRow, {
    select: { session: true },
    where: { expiresMs: LessThan(atMs), state: Not('ended') },
    take: most,
  });
  return rows.map((row) => row.session);
}

export async function deleteSessionsBefore(manager: EntityManager, expiredBeforeMs: number): Promise<void> {
  await manager.delete(SessionRow, { expiresMs: LessThan(expiredBeforeMs), state: In(['ended']) });
}
