// PUT /v1/requests/:request/outcome (DESIGN §3 step 14). Signed by the kiosk itself, because
// only the kiosk saw the paper, or knows that there is none; the center passes it on unchanged.
import { outcomeSchema, type CopyOutcome, type Outcome } from '#libs/contract/center.js';
import { verify } from '#libs/contract/sealed.js';
import { assert } from '#libs/std/assert.js';
import { toInstant } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import {
  changeCopy,
  eraseBundleWhenSettled,
  findRequest,
  markAbandoned,
  readCopies,
  rememberAbandoned,
  type CopyRow,
  type CopyState,
  type EntityManager,
  type RequestRow,
} from '../storage/issuance.js';
import type { Parts } from './parts.js';
import { refused, type Refused } from './refused.js';

/**
 * From which states an outcome may come. What is `uncertain` is settled by staff later;
 * what is delivered or voided stays so. The same outcome again changes nothing.
 */
const priorStates: Readonly<Record<CopyOutcome['outcome'], readonly CopyState[]>> = {
  delivered: ['prepared', 'uncertain'],
  voided: ['prepared', 'uncertain'],
  uncertain: ['prepared'],
};

export type OutcomeAnswer = { readonly request: string; readonly time: string };

export async function recordOutcome(parts: Parts, request: string, jws: string): Promise<Result<OutcomeAnswer, Refused>> {
  const read = await verify(jws, { typ: 'madoguchi-outcome+jws', schema: outcomeSchema, keys: [...parts.kiosks.values()] });
  if (!read.ok) return err({ code: 'bad-outcome', detail: read.error.code });
  const outcome = read.value;
  if (outcome.request !== request) return err({ code: 'bad-outcome', detail: 'other-request' });
  const { municipality = parts.code } = outcome;
  if (municipality !== parts.code) return err({ code: 'bad-outcome', detail: 'for-another-municipality' });
  if (namesACopyTwice(outcome)) return err({ code: 'bad-outcome', detail: 'a-copy-twice' });
  // Several kiosks are pinned: each may speak for itself only.
  const own = parts.kiosks.get(outcome.kiosk);
  const byItself = own !== undefined && (await verify(jws, { typ: 'madoguchi-outcome+jws', schema: outcomeSchema, keys: [own] })).ok;
  if (!byItself) return err({ code: 'bad-outcome', detail: 'another-kiosk' });
  const { copies } = outcome;
  const done = await parts.store.write((manager) =>
    copies === 'unopened' ? abandon(parts, manager, outcome) : apply(parts, manager, { ...outcome, copies }),
  );
  return done.ok ? ok({ request, time: toInstant(parts.clock.nowMs()) }) : done;
}

function namesACopyTwice({ copies }: Outcome): boolean {
  if (copies === 'unopened') return false;
  return new Set(copies.map(({ copy, attempt }) => `${copy}/${attempt}`)).size !== copies.length;
}

/**
 * Nobody opened the answer and nobody will: every copy is void, also where it is being made at this
 * moment, and a request that is still on its way here will not be taken up (claim.ts).
 */
async function abandon(parts: Parts, manager: EntityManager, outcome: Outcome): Promise<Result<null, Refused>> {
  const { request, session, kiosk } = outcome;
  const atMs = parts.clock.nowMs();
  const row = await findRequest(manager, request);
  if (row === null) {
    await rememberAbandoned(manager, { request, session, kiosk, atMs });
    return ok(null);
  }
  if (!isAbout(outcome, row)) return refused('no-such-request');
  // Who has opened it and said so cannot say that nobody did.
  if ((await readCopies(manager, request)).some(({ state }) => state === 'delivered' || state === 'uncertain')) {
    return refused('outcome-conflict');
  }
  await markAbandoned(manager, request, atMs);
  return ok(null);
}

function isAbout(outcome: Outcome, row: RequestRow): boolean {
  return row.session === outcome.session && row.kiosk === outcome.kiosk;
}

type NamedCopies = Outcome & { readonly copies: readonly CopyOutcome[] };

async function apply(parts: Parts, manager: EntityManager, outcome: NamedCopies): Promise<Result<null, Refused>> {
  const row = await findRequest(manager, outcome.request);
  if (row === null || !isAbout(outcome, row)) return refused('no-such-request');
  const copies = await readCopies(manager, outcome.request);
  const changes: { readonly copy: CopyRow; readonly to: CopyState }[] = [];
  for (const told of outcome.copies) {
    const copy = copies.find((candidate) => candidate.copy === told.copy && candidate.attempt === told.attempt);
    if (copy === undefined || copy.pdfSha256 !== told.pdfSha256) return refused('outcome-conflict');
    if (copy.state === told.outcome) continue;
    if (!priorStates[told.outcome].includes(copy.state)) return refused('outcome-conflict');
    changes.push({ copy, to: told.outcome });
  }
  const atMs = parts.clock.nowMs();
  for (const { copy, to } of changes) {
    const { request, attempt, state } = copy;
    const changed = await changeCopy(manager, { request, copy: copy.copy, attempt, from: state, to, atMs });
    assert(changed, 'a copy stays as this transaction read it');
  }
  await eraseBundleWhenSettled(manager, outcome.request);
  return ok(null);
}
