// POST /v1/sessions/:session/go-ahead (DESIGN §3 step 12): right before the charge the kiosk asks the municipality
// once more, through here. Passed on unread and stored nowhere: an answer counts for one question only.
import type { GoAheadAnswer, GoAheadQuestion } from '#libs/contract/center.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import { forwardGoAhead } from '../routing/municipality-client.js';
import { findRequestOfSession } from '../storage/requests.js';
import { findSession } from '../storage/sessions.js';
import { authenticate, type Caller } from './authenticate.js';

export async function goAhead(parts: Parts, caller: Caller, asked: GoAheadQuestion): Promise<Result<GoAheadAnswer, Refused>> {
  const session = await authenticate(parts, caller);
  if (!session.ok) return session;
  const row = await findRequestOfSession(parts.store.read, caller.session);
  const isPrepared = session.value.state === 'prepared' && row?.state === 'prepared';
  if (row === null || !isPrepared || row.statementSha256 !== sha256Hex(asked.statement)) return err(refused('request-unknown'));
  const municipality = parts.registry.findMunicipality(row.municipality);
  if (municipality === null) return err(refused('municipality-unknown'));
  const answer = await forwardGoAhead(parts, municipality, { ...asked, request: row.request });
  if (!answer.ok) return answer;
  // Who gave the session up meanwhile is told of no go-ahead any more.
  const now = await findSession(parts.store.read, caller.session);
  if (now?.fence !== session.value.fence) return err(refused('superseded'));
  return ok({ goAhead: answer.value.goAhead, time: toInstant(parts.clock.nowMs()) });
}
