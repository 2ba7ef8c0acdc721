// POST /v1/sessions/:session/abort: the kiosk gave the session up. Whatever is still under
// way for it finds a newer fencing token and stores nothing. A kiosk that has asked for a
// certificate says so with a signed outcome instead (outcome.ts), which reaches the municipality.
import { toInstant } from '#libs/std/clock.js';
import { ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import type { Refused } from '../refused.js';
import { eraseAnswers } from '../storage/requests.js';
import { endSession } from '../storage/sessions.js';
import { authenticateAnyState, type Caller } from './authenticate.js';

export async function abort(
  parts: Parts,
  caller: Caller,
  reason: string,
): Promise<Result<{ readonly session: string; readonly time: string }, Refused>> {
  const row = await authenticateAnyState(parts, caller);
  if (!row.ok) return row;
  const { session } = row.value;
  await parts.store.write(async (transaction) => {
    await endSession(transaction, session);
    await eraseAnswers(transaction, [session]);
  });
  parts.log.info('session-aborted', { session, kiosk: row.value.kiosk, reason });
  return ok({ session, time: toInstant(parts.clock.nowMs()) });
}
