// PUT /v1/requests/:request/outcome (DESIGN §3, step 14): what became of the copies. The
// kiosk's signature is its authority, not the session's token: it may come after a restart
// or a day later. Stored here, then passed on until the municipality has taken it.
import { outcomeSchema, type Outcome } from '#libs/contract/center.js';
import { verify } from '#libs/contract/sealed.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from '../limits.js';
import type { Parts } from '../parts.js';
import { refused, type Refused } from '../refused.js';
import type { RequestRow } from '../storage/entities.js';
import { storeOutcome } from '../storage/outcomes.js';
import { findRequest } from '../storage/requests.js';

export async function recordOutcome(
  parts: Parts,
  request: string,
  jws: string,
): Promise<Result<{ readonly request: string; readonly time: string }, Refused>> {
  const row = await findRequest(parts.store.read, request);
  if (row === null) return err(refused('request-unknown'));
  const outcome = await readOutcome(parts, row, jws);
  if (!outcome.ok) return outcome;
  // The time is not part of what is said: the same outcome signed again is the same outcome.
  const { time: _, ...content } = outcome.value;
  const stored = await parts.store.write((transaction) =>
    storeOutcome(
      transaction,
      {
        request,
        municipality: row.municipality,
        contentSha256: sha256Hex(canonicalJson(content)),
        outcome: jws,
        storedMs: parts.clock.nowMs(),
      },
      limits.outcomesPerRequest,
    ),
  );
  return stored ? ok({ request, time: toInstant(parts.clock.nowMs()) }) : err(refused('outcome-conflict'));
}

async function readOutcome(parts: Parts, row: RequestRow, jws: string): Promise<Result<Outcome, Refused>> {
  const kiosk = parts.registry.findKiosk(row.kiosk);
  if (kiosk === null) return err(refused('kiosk-unknown'));
  const read = await verify(jws, { typ: 'madoguchi-outcome+jws', schema: outcomeSchema, keys: [kiosk.key] });
  if (!read.ok) return err(refused(read.error.code === 'bad-signature' ? 'kiosk-unknown' : 'outcome-malformed'));
  const { request, session, kiosk: sender } = read.value;
  const isAboutIt = request === row.request && session === row.session && sender === row.kiosk;
  return isAboutIt ? ok(read.value) : err(refused('outcome-malformed'));
}
