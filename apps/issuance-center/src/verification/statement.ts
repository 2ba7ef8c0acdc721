// A statement of the citizen's card, bound to this center, this session and this moment.
import type { z } from 'zod';
import type { EcPublicJwk } from '#libs/contract/base.js';
import { canonicalJson, readStatement, type SignedStatement } from '#libs/contract/statements.js';
import { judgeStatement, type CardIdentity } from '#libs/pki/statement.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { cardRefused, refused, type Refused } from '../refused.js';
import type { SessionRow } from '../storage/entities.js';

type Bound = {
  readonly kiosk: string;
  readonly session: string;
  readonly nonce: string;
  readonly sessionPublicKey: EcPublicJwk;
  readonly time: string;
};

/** The form, and that it is about this session. Says nothing yet about who signed it. */
export function readBound<T extends Bound>(signed: SignedStatement, schema: z.ZodType<T>, session: SessionRow): Result<T, Refused> {
  const read = readStatement(signed.statement, schema);
  if (!read.ok) return err(refused('statement-malformed'));
  const { kiosk, session: id, nonce, sessionPublicKey } = read.value;
  const isOurs =
    kiosk === session.kiosk && id === session.session && nonce === session.nonce && canonicalJson(sessionPublicKey) === session.sessionKey;
  return isOurs ? ok(read.value) : err(refused('statement-mismatch'));
}

/** Of what is signed and sent in one breath: opening, login, card links. Not for a repeat: that one was fresh when it came first. */
export function isFresh(parts: Parts, time: string): boolean {
  return Math.abs(Date.parse(time) - parts.clock.nowMs()) <= limits.clockToleranceMs;
}

/**
 * Of a request: between the card's signature and its way here the person takes the card, and a call may have to be
 * repeated. `clock-apart`: signed in our future; `session-expired`: too long ago.
 */
export function findStale(parts: Parts, time: string): 'clock-apart' | 'session-expired' | null {
  const ageMs = parts.clock.nowMs() - Date.parse(time);
  if (!(ageMs >= -limits.clockToleranceMs)) return 'clock-apart';
  return ageMs <= limits.requestMaxAgeMs ? null : 'session-expired';
}

/** Signature, path to the pinned CA, purpose, validity. */
export function identifyCard(parts: Parts, signed: SignedStatement): Result<CardIdentity, Refused> {
  const judged = judgeStatement({
    statement: Buffer.from(signed.statement, 'utf8'),
    signature: Buffer.from(signed.signature, 'base64'),
    certificate: Buffer.from(signed.certificate, 'base64'),
    anchors: parts.anchors,
    profile: parts.profile,
    atMs: parts.clock.nowMs(),
  });
  if (judged.ok) return judged;
  parts.log.info('card-refused', { refusal: judged.error.code, reason: judged.error.reason, subIndication: judged.error.subIndication });
  return err(cardRefused(judged.error));
}

export function statementSha256(signed: SignedStatement): string {
  return sha256Hex(Buffer.from(signed.statement, 'utf8'));
}
