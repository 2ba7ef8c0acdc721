// After a crash (DESIGN §4 "After a crash"): what is known is read from the tables, the
// printer is asked for what it knows, and the visit ends in the one way in which visits end
// (libs/session/end.ts). Nothing uncertain is resolved by charging or printing again.
import type { PrintOutcome, Printer } from '#devices/printer/port.js';
import { end } from '#libs/session/end.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import { emptyVisit, type ChargeState, type CopyState, type Visit } from '#libs/session/state.js';
import { withoutSlip } from '#libs/session/slip-edges.js';
import type { NewEntry } from '#libs/journal/entry.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { journalFieldsOf, sightingOf, unseen } from './print-evidence.js';
import type { ChargeRow, PrintJobRow, VisitRow } from './storage/entities.js';
import type { ChargeStore } from './storage/charge-store.js';
import { copyHashesOf, type VisitStore } from './storage/visit-store.js';

export type RecoveryParts = {
  readonly visits: VisitStore;
  readonly charges: ChargeStore;
  readonly printer: Printer;
  /** How long a job that was taken back may take to come to its final state. */
  readonly cancelTimeoutMs: number;
  readonly append: (entry: NewEntry) => Promise<unknown>;
  readonly perform: (effect: Effect, visit: Visit) => Promise<Event | null>;
  readonly clock: Clock;
  readonly log: Log;
};

/** A visit that recovery has ended, as the screen shows it. */
export type Recovered = { readonly visit: Visit; readonly code: string };

/** Ends every visit that a crash left open, and tells each. Throws what the database throws, and may be called again then. */
export async function recover(parts: RecoveryParts, onEnded: (ended: Recovered) => void): Promise<void> {
  for (const row of await parts.visits.findOpen()) onEnded(await recoverVisit(parts, row));
  for (const charge of await parts.charges.listUnanswered()) await recoverCharge(parts, charge);
}

async function recoverVisit(parts: RecoveryParts, row: VisitRow): Promise<Recovered> {
  const jobs = await parts.visits.printJobs(row.session);
  for (const job of jobs.filter((candidate) => candidate.outcome === 'intended')) await settleJob(parts, job);
  const visit = await rebuild(parts, row);
  const code = codeOf(visit);
  const move = end(visit, { code, sentence: null });
  const fields = { request: row.request, charge: visit.charge, copies: visit.copies.join(','), to: move.visit.charge };
  await parts.append({ atMs: parts.clock.nowMs(), session: row.session, code: 'recovered', fields });
  let ended = move.visit;
  for (const effect of move.effects) if (await isWithoutSlip(parts, effect, move.visit)) ended = withoutSlip(ended);
  await parts.visits.settle(row.session);
  parts.log.warn('visit-recovered', { session: row.session, charge: move.visit.charge, copies: fields.copies });
  return { visit: ended, code };
}

/** The one answer that such effects have; nobody stands before the screen yet, so the journal has it here. */
async function isWithoutSlip({ perform, append, clock }: RecoveryParts, effect: Effect, visit: Visit): Promise<boolean> {
  const answer = await perform(effect, visit);
  if (answer?.type !== 'slip-not-printed') return false;
  await append({ atMs: clock.nowMs(), session: visit.ids?.session ?? null, code: answer.type, fields: { code: answer.code } });
  return true;
}

function codeOf({ copies }: Visit): string {
  if (copies.includes('uncertain')) return 'print-uncertain';
  if (!copies.includes('printed')) return 'kiosk-restarted';
  return copies.every((copy) => copy === 'printed') ? 'restarted-after-print' : 'printed-in-part';
}

/** No visit is open any more, so nobody else reverses a charge of which nobody knows whether it was posted. */
async function recoverCharge(parts: RecoveryParts, { session, rrn, state }: ChargeRow): Promise<void> {
  const row = await parts.visits.find(session);
  const ids = { session, request: row?.request ?? session, inquiryNumber: row?.inquiryNumber ?? '' };
  await parts.append({ atMs: parts.clock.nowMs(), session, code: 'charge-recovered', fields: { rrn, charge: state } });
  await parts.perform({ type: 'reverse-charge', reason: 'kiosk-restarted' }, { ...emptyVisit, ids, charge: 'reversing' });
  parts.log.warn('charge-recovered', { session, rrn, charge: state });
}

/** What is said about the job is written down before anything follows from it. */
async function settleJob(parts: RecoveryParts, job: PrintJobRow): Promise<void> {
  const { outcome, evidence } = await askAboutJob(parts, job);
  const seen = sightingOf(evidence);
  await parts.visits.recordPrint(job.jobName, outcome, seen);
  const fields = { job: job.jobName, copy: job.copy, outcome, ...journalFieldsOf(seen) };
  await parts.append({ atMs: parts.clock.nowMs(), session: job.session, code: 'print-settled', fields });
}

/** Cancel-Job, then wait for a final state: only the printer knows what came out. */
async function askAboutJob({ printer, cancelTimeoutMs }: RecoveryParts, job: PrintJobRow): Promise<PrintOutcome> {
  const found = await printer.findByName(job.jobName);
  if (!found.ok) return { outcome: 'uncertain', evidence: unseen(found.error.code) };
  if (found.value === null) return { outcome: 'uncertain', evidence: unseen('unknown-job') };
  await printer.cancel(found.value);
  return printer.follow(found.value, { pages: job.pages, timeoutMs: cancelTimeoutMs });
}

async function rebuild(parts: RecoveryParts, row: VisitRow): Promise<Visit> {
  const jobs = await parts.visits.printJobs(row.session);
  const copies = copyHashesOf(row).map((_hash, index): CopyState => copyState(jobs.find((job) => job.copy === index + 1)));
  const charge = await parts.charges.open(row.session);
  const choice = { kind: 'resident-record', scope: 'part', members: [], relationship: false, domicile: false, myNumber: false } as const;
  return {
    ...emptyVisit,
    ids: { session: row.session, request: row.request, inquiryNumber: row.inquiryNumber },
    chosen: { choice: { ...choice, members: [] }, copies: copies.length, feeYen: row.feeYen },
    requested: row.requestedMs !== null || copies.length > 0,
    copies,
    pagesPerCopy: row.pagesPerCopy,
    charge: chargeState(charge),
  };
}

function copyState(job: PrintJobRow | undefined): CopyState {
  if (job === undefined) return 'not-printed';
  return job.outcome === 'intended' ? 'uncertain' : job.outcome;
}

/** A reversal that was already written down goes on by itself; a case is a person's. */
function chargeState(row: ChargeRow | null): ChargeState {
  if (row === null) return 'none';
  if (row.state === 'reversed' && row.approvalCode === null) return 'nothing-stands';
  return row.state === 'case' ? 'reversing' : row.state;
}
