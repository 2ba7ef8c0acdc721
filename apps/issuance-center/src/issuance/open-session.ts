// POST /v1/sessions (DESIGN §3, step 2): the kiosk made a key pair for this session and
// says so with its own key; the center gives a nonce and a token.
import { createPublicKey } from 'node:crypto';
import type { EcPublicJwk } from '#libs/contract/base.js';
import { sessionOpeningSchema, type OpenSessionAnswer, type SessionOpening } from '#libs/contract/center.js';
import { verify } from '#libs/contract/sealed.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import type { SessionRow } from '../storage/entities.js';
import { openOnce } from '../storage/sessions.js';
import { isFresh } from '../verification/statement.js';

/** The same opening again gets the same nonce and token; the same id with another opening is a conflict. */
export async function openSession(parts: Parts, jws: string): Promise<Result<OpenSessionAnswer, Refused>> {
  const read = await readOpening(parts, jws);
  if (!read.ok) return read;
  const opening = read.value;
  const openingSha256 = sha256Hex(canonicalJson(opening));
  const token = parts.keyedHash.token(opening.session, openingSha256);
  const nowMs = parts.clock.nowMs();
  const row = await parts.store.write((transaction) =>
    openOnce(transaction, {
      session: opening.session,
      kiosk: opening.kiosk,
      openingSha256,
      sessionKey: canonicalJson(opening.sessionPublicKey),
      nonce: parts.random.bytes(limits.nonceBytes).toString('base64url'),
      tokenSha256: sha256Hex(token),
      openedMs: nowMs,
      expiresMs: nowMs + parts.configuration.limits.sessionLifeMs,
    }),
  );
  if (row.openingSha256 !== openingSha256) return err(refused('session-conflict'));
  if (row.state === 'ended') return err(refused('session-ended'));
  return ok(answer(parts, row, token));
}

async function readOpening(parts: Parts, jws: string): Promise<Result<SessionOpening, Refused>> {
  const kiosk = parts.registry.findKioskOfJws(jws);
  if (kiosk === null) return err(refused('kiosk-unknown'));
  const read = await verify(jws, { typ: 'madoguchi-session+jws', schema: sessionOpeningSchema, keys: [kiosk.key] });
  if (!read.ok) return err(refused(read.error.code === 'bad-signature' ? 'kiosk-unknown' : 'statement-malformed'));
  if (read.value.kiosk !== kiosk.id) return err(refused('kiosk-unknown'));
  if (!isFresh(parts, read.value.time)) return err(refused('clock-apart'));
  return isOnCurve(read.value.sessionPublicKey) ? ok(read.value) : err(refused('statement-malformed'));
}

/** RFC 7518 §6.2.1: a point that is not on the curve would only be noticed by whoever encrypts to it. */
function isOnCurve(key: EcPublicJwk): boolean {
  try {
    return createPublicKey({ key, format: 'jwk' }).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

function answer(parts: Parts, row: SessionRow, token: string): OpenSessionAnswer {
  return {
    center: parts.configuration.center,
    session: row.session,
    nonce: row.nonce,
    token,
    time: toInstant(parts.clock.nowMs()),
    expires: toInstant(row.expiresMs),
  };
}
