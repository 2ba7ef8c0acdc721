// PUT /v1/requests/:request/outcome (DESIGN §3, step 14): what became of the copies. The
// kiosk's signature is its authority, not the session's token: it may come after a restart
// or a day later. Stored here, then passed on until the municipality has taken it.
//
// The center may have lost the request with its database, or erased it with time. Then the
// municipality that the kiosk names is told; it knows by its own row whether the word fits,
// and believes it only of the kiosk that asked (apps/municipality/src/issuance/outcome.ts).
//
// "Unopened" ends the session too, and in the same transaction: a request that is still on
// its way here finds it ended, and one that came before is found and passed on as void.
import { outcomeSchema, type Outcome } from '#libs/contract/center.js';
import { verify } from '#libs/contract/sealed.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import { storeOutcome, type EntityManager } from '../storage/outcomes.js';
import type { RequestRow } from '../storage/entities.js';
import { findRequest } from '../storage/requests.js';
import { endSession, findSession } from '../storage/sessions.js';

type Taken = { readonly request: string; readonly time: string };

export async function recordOutcome(parts: Parts, request: string, jws: string): Promise<Result<Taken, Refused>> {
  const read = await readOutcome(parts, jws);
  if (!read.ok) return read;
  const outcome = read.value;
  if (outcome.request !== request) return err(refused('outcome-malformed'));
  const session = await findSession(parts.store.read, outcome.session);
  if (session !== null && session.kiosk !== outcome.kiosk) return err(refused('outcome-malformed'));
  const told = { outcome, jws, isOfAKnownSession: session !== null };
  const stored = await parts.store.write((transaction) => store(parts, transaction, told));
  return stored.ok ? ok({ request, time: toInstant(parts.clock.nowMs()) }) : stored;
}

type Told = { readonly outcome: Outcome; readonly jws: string; readonly isOfAKnownSession: boolean };

async function store(parts: Parts, transaction: EntityManager, told: Told): Promise<Result<null, Refused>> {
  const { outcome, jws, isOfAKnownSession } = told;
  const { request, session, kiosk } = outcome;
  const isUnopened = outcome.copies === 'unopened';
  if (isUnopened && isOfAKnownSession) await endSession(transaction, session);
  const row = await findRequest(transaction, request);
  // Of a request that never came here, and now never will, there is nothing to pass on.
  if (row === null && isUnopened && isOfAKnownSession) return ok(null);
  const municipality = findAddressee(parts, outcome, row);
  if (!municipality.ok) return municipality;
  // The time is not part of what is said: the same outcome signed again is the same outcome.
  const { time: _, ...content } = outcome;
  const fits = await storeOutcome(
    transaction,
    {
      request,
      kiosk,
      municipality: municipality.value,
      contentSha256: sha256Hex(canonicalJson(content)),
      outcome: jws,
      storedMs: parts.clock.nowMs(),
    },
    limits.outcomesPerRequest,
  );
  return fits ? ok(null) : err(refused('outcome-conflict'));
}

/** By the request that we know; by the kiosk's word where we do not. */
function findAddressee(parts: Parts, outcome: Outcome, row: RequestRow | null): Result<string, Refused> {
  const { session, kiosk, municipality: named } = outcome;
  if (row !== null) {
    const fits = row.session === session && row.kiosk === kiosk && (named === undefined || named === row.municipality);
    return fits ? ok(row.municipality) : err(refused('outcome-malformed'));
  }
  if (named === undefined) return err(refused('request-unknown'));
  return parts.registry.findMunicipality(named) === null ? err(refused('municipality-unknown')) : ok(named);
}

/** Several kiosks are enrolled: each may speak for itself only. */
async function readOutcome(parts: Parts, jws: string): Promise<Result<Outcome, Refused>> {
  const kiosk = parts.registry.findKioskOfJws(jws);
  if (kiosk === null) return err(refused('kiosk-unknown'));
  const read = await verify(jws, { typ: 'madoguchi-outcome+jws', schema: outcomeSchema, keys: [kiosk.key] });
  if (!read.ok) return err(refused(read.error.code === 'bad-signature' ? 'kiosk-unknown' : 'outcome-malformed'));
  return read.value.kiosk === kiosk.id ? ok(read.value) : err(refused('outcome-malformed'));
}
