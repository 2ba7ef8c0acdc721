// The one request of a session. Request and session change in one transaction.
import { In, LessThan, type EntityManager } from 'typeorm';
import { RequestRow, SessionRow } from './entities.js';

export type RequestClaim =
  | { readonly kind: 'claimed'; readonly fence: number }
  | { readonly kind: 'answered'; readonly stored: string }
  | { readonly kind: 'conflict' | 'other-card' | 'not-logged-in' | 'ended' };

export type NewRequest = Pick<RequestRow, 'request' | 'session' | 'kiosk' | 'municipality' | 'statementSha256' | 'createdMs'> & {
  readonly certificateTag: string;
};

/**
 * logged-in → requesting, with a row for the request; the same statement of the same card
 * again takes over, or gets the stored answer. The same id with other content, and a second
 * request of the session, are conflicts.
 */
export async function claimRequest(manager: EntityManager, asked: NewRequest): Promise<RequestClaim> {
  const { certificateTag, ...row } = asked;
  const session = await manager.findOneByOrFail(SessionRow, { session: asked.session });
  const before = await manager.findOne(RequestRow, { where: [{ request: asked.request }, { session: asked.session }] });
  if (before !== null) {
    const isSame = before.request === asked.request && before.session === asked.session && before.statementSha256 === asked.statementSha256;
    if (!isSame) return { kind: 'conflict' };
    if (before.answer !== null) {
      return session.certificateTag === certificateTag ? { kind: 'answered', stored: before.answer } : { kind: 'other-card' };
    }
  }
  if (session.state === 'ended') return { kind: 'ended' };
  const fromState = before === null ? 'logged-in' : 'requesting';
  if (session.state !== fromState) return { kind: 'not-logged-in' };
  if (session.certificateTag !== certificateTag) return { kind: 'other-card' };
  const fence = session.fence + 1;
  const claimed = await manager.update(
    SessionRow,
    { session: asked.session, fence: session.fence, state: fromState, certificateTag },
    { state: 'requesting', fence },
  );
  if (claimed.affected !== 1) return { kind: 'not-logged-in' };
  if (before === null) await manager.insert(RequestRow, { ...row, state: 'forwarding', answer: null });
  return { kind: 'claimed', fence };
}

export type RequestEnd = {
  readonly session: string;
  readonly request: string;
  readonly fence: number;
  readonly state: 'prepared' | 'refused';
  readonly stored: string;
  /** Of the session, from now on. */
  readonly expiresMs: number;
};

/** requesting → prepared or refused. False: this session has a newer owner, or has ended. */
export async function finishRequest(manager: EntityManager, end: RequestEnd): Promise<boolean> {
  const { session, request, fence, state, stored, expiresMs } = end;
  const owner = await manager.update(SessionRow, { session, fence, state: 'requesting' }, { state, expiresMs });
  if (owner.affected !== 1) return false;
  await manager.update(RequestRow, { request, session, state: 'forwarding' }, { state, answer: stored });
  return true;
}

export async function findRequestOfSession(manager: EntityManager, session: string): Promise<RequestRow | null> {
  return manager.findOneBy(RequestRow, { session });
}

export async function findRequest(manager: EntityManager, request: string): Promise<RequestRow | null> {
  return manager.findOneBy(RequestRow, { request });
}

/** Answers are for the life of the session only. */
export async function eraseAnswers(manager: EntityManager, sessions: readonly string[]): Promise<void> {
  if (sessions.length > 0) await manager.update(RequestRow, { session: In([...sessions]) }, { answer: null });
}

export async function deleteRequestsBefore(manager: EntityManager, createdBeforeMs: number): Promise<void> {
  await manager.delete(RequestRow, { createdMs: LessThan(createdBeforeMs) });
}
