// POST /v1/sessions/:session/login (DESIGN §3, step 4). The nine numbers are those of
// README.md, "The procedure".
import type { LoginAnswer } from '#libs/contract/center.js';
import { loginAnswerSchema } from '#libs/contract/center.js';
import { loginStatementSchema, type SignedStatement } from '#libs/contract/statements.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { cardRefused, refused, type Refused } from '../refused.js';
import { routeByCard } from '../routing/route-by-card.js';
import { forwardLogin } from '../routing/municipality-client.js';
import type { SessionRow } from '../storage/entities.js';
import { claimLogin, finishLogin, type LoginEnd } from '../storage/sessions.js';
import { readStored, writeStored } from '../storage/stored-answer.js';
import { checkRevocation } from '../verification/revocation.js';
import { identifyCard, isFresh, readBound, statementSha256 } from '../verification/statement.js';
import { authenticate, type Pace, type PacedCaller } from './authenticate.js';
import { writeForwarded } from './verdict.js';

export async function login(parts: Parts, caller: PacedCaller, signed: SignedStatement): Promise<Result<LoginAnswer, Refused>> {
  // 1. The session.
  const session = await authenticate(parts, caller);
  if (!session.ok) return session;
  // 2. The statement.
  const loginSha256 = statementSha256(signed);
  const statement = readBound(signed, loginStatementSchema, session.value);
  if (!statement.ok) return statement;
  if (statement.value.center !== parts.configuration.center) return err(refused('statement-mismatch'));
  if (session.value.loginSha256 !== loginSha256 && !isFresh(parts, statement.value.time)) return err(refused('clock-apart'));
  // 3. The card.
  const identity = identifyCard(parts, signed);
  if (!identity.ok) return identity;
  // 4. The claim: one login a session.
  const certificateTag = parts.keyedHash.certificateTag(identity.value.certificateSha256);
  const claim = await parts.store.write((t) => claimLogin(t, { session: session.value.session, loginSha256, certificateTag }));
  if (claim.kind === 'answered') return readStored(claim.stored, loginAnswerSchema);
  if (claim.kind === 'used') return err(refused('login-used'));
  // 5. to 8.
  const answer = await findOffer(parts, { session: session.value, signed, identity: identity.value, pace: caller.pace });
  // 9. The answer, stored under the fencing token.
  const end = { session: session.value.session, fence: claim.fence, end: toEnd(answer) };
  return (await parts.store.write((t) => finishLogin(t, end))) ? answer : err(refused('superseded'));
}

type Login = { readonly session: SessionRow; readonly signed: SignedStatement; readonly identity: CardIdentity; readonly pace: Pace };

async function findOffer(parts: Parts, { session, signed, identity, pace }: Login): Promise<Result<LoginAnswer, Refused>> {
  // 5. Revocation.
  const revocation = await checkRevocation(parts, { identity, kind: null, session: session.session });
  if (!revocation.ok) return err(cardRefused(revocation.error));
  pace.verified();
  // 6. The municipality.
  const municipality = await routeByCard(parts, identity, session.session);
  if (!municipality.ok) return municipality;
  // 7. The verdict.
  const found = { signed, session, request: null, municipality: municipality.value, identity, revocation: revocation.value };
  const body = await writeForwarded(parts, found);
  // 8. Hand it on.
  const forwarded = await forwardLogin(parts, municipality.value, body);
  if (!forwarded.ok) return forwarded;
  return ok({
    municipality: municipality.value.code,
    offer: forwarded.value.offer,
    time: toInstant(parts.clock.nowMs()),
    certificateExpiresSoon: expiresSoon(identity.notAfterMs, parts.clock.nowMs()),
  });
}

function toEnd(answer: Result<LoginAnswer, Refused>): LoginEnd['end'] {
  if (answer.ok) return { state: 'logged-in', municipality: answer.value.municipality, stored: writeStored(answer) };
  return answer.error.isFinal ? { state: 'refused', stored: writeStored(answer) } : { state: 'opened' };
}

function expiresSoon(notAfterMs: number, nowMs: number): string | null {
  const from = new Date(notAfterMs);
  from.setUTCMonth(from.getUTCMonth() - limits.expiresSoonMonths);
  return nowMs >= from.getTime() ? toInstant(notAfterMs) : null;
}
