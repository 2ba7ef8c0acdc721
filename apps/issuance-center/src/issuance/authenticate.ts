// 1. of both procedures: whose session this is. The token is compared by its hash; an
// unknown session and a wrong token get the same answer.
import { sha256Hex } from '#libs/std/bytes.js';
import { equalBytes } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import type { SessionRow } from '../storage/entities.js';
import { findSession } from '../storage/sessions.js';

export type Caller = { readonly session: string; readonly authorization: string | undefined };

/** Hears when the card is verified: what takes time from there on depends on who the citizen is. */
export type Pace = { verified(): void };
export type PacedCaller = Caller & { readonly pace: Pace };

/** `session-unknown`, or, for who has the token, `session-expired` and `session-ended`. */
export async function authenticate(parts: Parts, caller: Caller): Promise<Result<SessionRow, Refused>> {
  const row = await authenticateAnyState(parts, caller);
  if (!row.ok) return row;
  if (row.value.expiresMs <= parts.clock.nowMs()) return err(refused('session-expired'));
  return row.value.state === 'ended' ? err(refused('session-ended')) : row;
}

/** Also a session that has ended: it may be aborted once more. */
export async function authenticateAnyState(parts: Parts, caller: Caller): Promise<Result<SessionRow, Refused>> {
  const token = /^Bearer ([A-Za-z0-9_-]{32,128})$/.exec(caller.authorization ?? '')?.[1] ?? '';
  const row = await findSession(parts.store.read, caller.session);
  const expected = Buffer.from(row?.tokenSha256 ?? sha256Hex(''), 'hex');
  const isRight = equalBytes(Buffer.from(sha256Hex(token), 'hex'), expected) && token !== '';
  if (row === null || !isRight) return err(refused('session-unknown'));
  // A kiosk that was taken off the list has no sessions any more.
  return parts.registry.findKiosk(row.kiosk) === null ? err(refused('kiosk-unknown')) : ok(row);
}
