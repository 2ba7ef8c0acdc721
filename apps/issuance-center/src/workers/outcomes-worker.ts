// Passes stored outcomes on until each municipality has taken its own. Woken by a call or
// a timer; what there is to do stands in the database.
import type { Problem } from '#libs/contract/problem.js';
import type { Parts } from '../parts.js';
import { forwardOutcome } from '../routing/municipality-client.js';
import type { OutcomeRow } from '../storage/entities.js';
import { leaseOutcome, postponeOutcome, readDue, settleOutcome } from '../storage/outcomes.js';
import { limits } from '../limits.js';

export async function passOnOutcomes(parts: Parts): Promise<void> {
  // Again as long as something was settled: there may be more, and a later outcome waits for the one before it.
  while ((await oneRound(parts)) > 0);
}

async function oneRound(parts: Parts): Promise<number> {
  const asked = { atMs: parts.clock.nowMs(), longestPauseMs: limits.outcomeLongestPauseMs, most: limits.outcomesPerRun };
  const due = await readDue(parts.store.read, asked);
  const municipalities = [...new Set(due.map((row) => row.municipality))];
  const settled = await Promise.all(
    municipalities.map((code) =>
      passOnTo(
        parts,
        due.filter((row) => row.municipality === code),
      ),
    ),
  );
  return settled.reduce((sum, count) => sum + count, 0);
}

/** One municipality's, in order. One that does not answer is left alone until its pause is over; the others do not wait for it. */
async function passOnTo(parts: Parts, rows: readonly OutcomeRow[]): Promise<number> {
  let settled = 0;
  for (const row of rows) {
    const leased = await parts.store.write((t) => leaseOutcome(t, row, parts.clock.nowMs() + limits.outcomeLeaseMs));
    if (!leased) continue;
    const end = await passOn(parts, row);
    if (end === 'no-answer') return settled;
    if (end === 'settled') settled += 1;
  }
  return settled;
}

/** `not-yet`: this one was refused, which says nothing about the next. */
type End = 'settled' | 'not-yet' | 'no-answer';

async function passOn(parts: Parts, row: OutcomeRow): Promise<End> {
  const { request, outcome, contentSha256 } = row;
  const municipality = parts.registry.findMunicipality(row.municipality);
  const answered = municipality === null ? null : await forwardOutcome(parts, municipality, { request, outcome });
  if (answered?.ok === true) {
    await parts.store.write((t) => settleOutcome(t, contentSha256, 'passed-on'));
    return 'settled';
  }
  const problem = answered?.error ?? null;
  if (problem === null || problem.status >= 500) return postpone(parts, row, null);
  if (!isFinal(problem)) return postpone(parts, row, problem);
  parts.log.error('outcome-refused', { request, municipality: row.municipality, refusal: problem.code, status: problem.status });
  await parts.store.write((t) => settleOutcome(t, contentSha256, 'refused'));
  return 'settled';
}

/**
 * What the bytes themselves are refused for: malformed, or against what is settled there. Anything else (a kiosk or
 * a request that the municipality does not know, a clock, a proxy) may be mended there, and a sheet may be out.
 */
function isFinal({ status }: Problem): boolean {
  return status === 400 || status === 409;
}

async function postpone(parts: Parts, row: OutcomeRow, refusal: Problem | null): Promise<End> {
  const { outcomeFirstPauseMs: first, outcomeLongestPauseMs: longest } = limits;
  const pauseMs = refusal === null ? Math.min(first * 2 ** Math.min(row.attempts, 20), longest) : longest;
  const why = refusal === null ? {} : { refusal: refusal.code, status: refusal.status };
  parts.log.warn('outcome-waits', { request: row.request, municipality: row.municipality, attempts: row.attempts + 1, pauseMs, ...why });
  await parts.store.write((t) => postponeOutcome(t, row.contentSha256, parts.clock.nowMs() + pauseMs));
  return refusal === null ? 'no-answer' : 'not-yet';
}
