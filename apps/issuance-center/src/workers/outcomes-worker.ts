// Passes stored outcomes on until each municipality has taken its own. Woken by a call or
// a timer; what there is to do stands in the database.
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
  const due = await readDue(parts.store.read, parts.clock.nowMs(), limits.outcomesPerRun);
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
    if (!(await passOn(parts, row))) return settled;
    settled += 1;
  }
  return settled;
}

async function passOn(parts: Parts, row: OutcomeRow): Promise<boolean> {
  const { request, outcome, contentSha256 } = row;
  const municipality = parts.registry.findMunicipality(row.municipality);
  const answered = municipality === null ? null : await forwardOutcome(parts, municipality, { request, outcome });
  if (answered?.ok === true) {
    await parts.store.write((t) => settleOutcome(t, contentSha256, 'passed-on'));
    return true;
  }
  const problem = answered?.error ?? null;
  if (problem !== null && problem.status < 500) {
    // It will not say yes to the same bytes tomorrow. The row stays for whoever looks into it.
    parts.log.error('outcome-refused', { request, municipality: row.municipality, refusal: problem.code });
    await parts.store.write((t) => settleOutcome(t, contentSha256, 'refused'));
    return true;
  }
  const pauseMs = Math.min(limits.outcomeFirstPauseMs * 2 ** Math.min(row.attempts, 20), limits.outcomeLongestPauseMs);
  parts.log.warn('outcome-waits', { request, municipality: row.municipality, attempts: row.attempts + 1, pauseMs });
  await parts.store.write((t) => postponeOutcome(t, contentSha256, parts.clock.nowMs() + pauseMs));
  return false;
}
