// POST /v1/sessions/:session/requests (DESIGN §3, steps 9 and 10). The nine numbers are
// those of README.md, "The procedure". A crash between 8 and 9 costs nothing: the same
// statement again takes over, and the municipality gives the same answer.
import { requestAnswerSchema, type RequestAnswer } from '#libs/contract/center.js';
import { requestStatementSchema, type RequestStatement, type SignedStatement } from '#libs/contract/statements.js';
import type { CardIdentity } from '#libs/pki/statement.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { cardRefused, refused, type Refused } from '../refused.js';
import { forwardRequest } from '../routing/municipality-client.js';
import type { SessionRow } from '../storage/entities.js';
import { claimRequest, finishRequest, type RequestClaim } from '../storage/requests.js';
import { readStored, writeStored } from '../storage/stored-answer.js';
import { checkRevocation } from '../verification/revocation.js';
import { findStale, identifyCard, readBound, statementSha256 } from '../verification/statement.js';
import { authenticate, type Pace, type PacedCaller } from './authenticate.js';
import { writeForwarded } from './verdict.js';

export async function request(parts: Parts, caller: PacedCaller, signed: SignedStatement): Promise<Result<RequestAnswer, Refused>> {
  // 1. The session.
  const session = await authenticate(parts, caller);
  if (!session.ok) return session;
  // 2. The statement.
  const statement = readBound(signed, requestStatementSchema, session.value);
  if (!statement.ok) return statement;
  const asked = { session: session.value.session, request: statement.value.request, statementSha256: statementSha256(signed) };
  // 3. The card, also of a repeat: the words alone are nobody's signature.
  const identity = identifyCard(parts, signed);
  if (!identity.ok) return identity;
  // 4. The claim: one request a session, by the card that logged in.
  const claim = await claimFor(parts, session.value, { ...asked, statement: statement.value, identity: identity.value });
  if (!claim.ok) return claim;
  if (claim.value.kind === 'answered') return readStored(claim.value.stored, requestAnswerSchema);
  // 5. to 8.
  const found = { session: session.value, statement: statement.value, identity: identity.value };
  const answer = await fetchBundle(parts, { ...found, signed, pace: caller.pace });
  // 9. The answer, stored under the fencing token. What was not decided may be asked again.
  if (!answer.ok && !answer.error.isFinal) return answer;
  const state = answer.ok ? ('prepared' as const) : ('refused' as const);
  const lastsMs = answer.ok ? parts.clock.nowMs() + limits.preparedLifeMs : 0;
  const expiresMs = Math.max(session.value.expiresMs, lastsMs);
  const end = { expiresMs, session: asked.session, request: asked.request, fence: claim.value.fence, state, stored: writeStored(answer) };
  return (await parts.store.write((t) => finishRequest(t, end))) ? answer : err(refused('superseded'));
}

type Asked = {
  readonly session: string;
  readonly request: string;
  readonly statementSha256: string;
  readonly statement: RequestStatement;
  readonly identity: CardIdentity;
};
type Claimed = Extract<RequestClaim, { kind: 'claimed' | 'answered' }>;

async function claimFor(parts: Parts, session: SessionRow, asked: Asked): Promise<Result<Claimed, Refused>> {
  if (session.municipality === null) return err(refused('not-logged-in'));
  if (asked.statement.municipality !== session.municipality) return err(refused('statement-mismatch'));
  // A repeat was fresh when it came first.
  const stale = session.state === 'logged-in' ? findStale(parts, asked.statement.time) : null;
  if (stale !== null) return err(refused(stale));
  const claim = await parts.store.write((t) =>
    claimRequest(t, {
      request: asked.request,
      session: asked.session,
      kiosk: session.kiosk,
      municipality: asked.statement.municipality,
      statementSha256: asked.statementSha256,
      certificateTag: parts.keyedHash.certificateTag(asked.identity.certificateSha256),
      createdMs: parts.clock.nowMs(),
    }),
  );
  switch (claim.kind) {
    case 'claimed':
    case 'answered':
      return ok(claim);
    case 'conflict':
      return err(refused('request-conflict'));
    case 'other-card':
      return err(refused('other-card'));
    case 'not-logged-in':
      return err(refused('not-logged-in'));
    case 'ended':
      return err(refused('session-ended'));
  }
}

type Request = {
  readonly session: SessionRow;
  readonly statement: RequestStatement;
  readonly signed: SignedStatement;
  readonly identity: CardIdentity;
  readonly pace: Pace;
};

async function fetchBundle(parts: Parts, asked: Request): Promise<Result<RequestAnswer, Refused>> {
  const { session, statement, signed, identity, pace } = asked;
  // 5. Revocation, anew: minutes have passed since the login.
  const revocation = await checkRevocation(parts, { identity, kind: statement.choice.kind, session: session.session });
  if (!revocation.ok) return err(cardRefused(revocation.error));
  pace.verified();
  // 6. The municipality: the one of the login.
  const municipality = parts.registry.findMunicipality(statement.municipality);
  if (municipality === null) return err(refused('municipality-unknown'));
  // 7. The verdict.
  const found = { signed, session, request: statement.request, municipality, identity, revocation: revocation.value };
  const body = await writeForwarded(parts, found);
  // 8. Hand it on.
  const handedOnMs = parts.clock.monotonicMs();
  const forwarded = await forwardRequest(parts, municipality, body);
  if (!forwarded.ok) return forwarded;
  if (forwarded.value.request !== statement.request) {
    parts.log.error('municipality-answered-another', { municipality: municipality.code, request: statement.request });
    return err(refused('municipality-unreachable'));
  }
  const prepareMs = parts.clock.monotonicMs() - handedOnMs;
  const time = toInstant(parts.clock.nowMs());
  return ok({ request: statement.request, state: 'prepared', bundle: forwarded.value.bundle, prepareMs, time });
}
