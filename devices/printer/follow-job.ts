// Watches a job until a final state that holds, the deadline, or the caller's signal.
// Answers that do not come are asked for again: a printer that restarts is back within
// the deadline, and one that is not leaves the outcome uncertain.
import { findGroup, findInteger, findString, findStrings } from '#libs/ipp/attributes.js';
import { attribute, integer, keyword, type IppMessage } from '#libs/ipp/message.js';
import { findJobState } from '#libs/ipp/operations.js';
import type { Clock } from '#libs/std/clock.js';
import { readStatus, statusAttributes, withoutNone } from './capabilities.js';
import type { Client } from './client.js';
import { isFinal, judgeJob, type JobEnd, type JobSighting } from './judge-job.js';
import { limits } from './limits.js';
import type { FollowLimits, PrintJobRef, PrintOutcome } from './port.js';

const jobAttributes = [
  'job-id',
  'job-name',
  'job-state',
  'job-state-reasons',
  'job-impressions-completed',
  'job-media-sheets-completed',
  'sides',
] as const;

type Watch = { readonly client: Client; readonly ref: PrintJobRef };

/** Never rejects. */
export async function followJob(watch: Watch, follow: FollowLimits, clock: Clock): Promise<PrintOutcome> {
  const deadlineMs = clock.monotonicMs() + follow.timeoutMs;
  const reported: Reported = { ever: new Set(), last: [] };
  let seen: JobSighting | null = null;
  let settleUntilMs: number | null = null;
  for (;;) {
    const look = await lookAt(watch);
    if (look.kind === 'seen') seen = atLeast(look.sighting, seen);
    if (look.kind === 'seen') report(look.sighting.printerReasons, reported, follow);
    const end = endOf(look, seen);
    const outcome = judgeJob(end, follow.pages);
    const nowMs = clock.monotonicMs();
    if (end.kind === 'final') settleUntilMs ??= nowMs + limits.settleMs;
    const hasSettled = end.kind === 'final' && (outcome.outcome === 'printed' || (settleUntilMs !== null && nowMs >= settleUntilMs));
    const isOver = nowMs >= deadlineMs || follow.signal?.aborted === true;
    if (end.kind === 'unknown-job' || hasSettled || isOver)
      return withReasons(isOver && !hasSettled ? atDeadline(end, follow) : outcome, reported.ever);
    await clock.sleep(Math.min(limits.pollMs, deadlineMs - nowMs), follow.signal);
  }
}

/** A final state that had no time to settle is not certain: counters may still move. */
function atDeadline(end: JobEnd, follow: FollowLimits): PrintOutcome {
  return judgeJob(end.kind === 'final' ? { kind: 'deadline', seen: end.seen } : end, follow.pages);
}

function withReasons(outcome: PrintOutcome, everReported: ReadonlySet<string>): PrintOutcome {
  return { ...outcome, evidence: { ...outcome.evidence, printerReasons: [...everReported] } };
}

type Reported = { readonly ever: Set<string>; last: readonly string[] };

/** Every change, also back to none: who says "out of paper" has to take it back when paper is in. */
function report(reasons: readonly string[], reported: Reported, follow: FollowLimits): void {
  const before = new Set(reported.last);
  const isSame = reasons.length === before.size && reasons.every((reason) => before.has(reason));
  for (const reason of reasons) reported.ever.add(reason);
  reported.last = [...new Set(reasons)];
  if (!isSame) follow.onReasons?.(reasons);
}

type Look =
  { readonly kind: 'seen'; readonly sighting: JobSighting } | { readonly kind: 'unknown-job' | 'unreachable' | 'malformed-answer' };

async function lookAt({ client, ref }: Watch): Promise<Look> {
  const requested = attribute('requested-attributes', ...jobAttributes.map(keyword));
  const job = await client.call({ operation: 'Get-Job-Attributes', attributes: [attribute('job-id', integer(ref.jobId)), requested] });
  if (!job.ok) {
    if (job.error.code === 'not-found') return { kind: 'unknown-job' };
    return { kind: job.error.code === 'malformed-answer' ? 'malformed-answer' : 'unreachable' };
  }
  // After a restart the printer may have given our job-id to somebody else's job.
  const group = findGroup(job.value, 'job');
  if (findInteger(group, 'job-id') !== ref.jobId || findString(group, 'job-name') !== ref.jobName) return { kind: 'unknown-job' };
  const printer = await client.call({
    operation: 'Get-Printer-Attributes',
    attributes: [attribute('requested-attributes', ...statusAttributes.map(keyword))],
  });
  if (!printer.ok) return { kind: printer.error.code === 'malformed-answer' ? 'malformed-answer' : 'unreachable' };
  return { kind: 'seen', sighting: readSighting(job.value, readStatus(printer.value, null).reasons) };
}

function readSighting(message: IppMessage, printerReasons: readonly string[]): JobSighting {
  const group = findGroup(message, 'job');
  return {
    jobState: findJobState(findInteger(group, 'job-state')),
    jobStateReasons: withoutNone(findStrings(group, 'job-state-reasons')),
    impressionsCompleted: findCount(message, 'job-impressions-completed'),
    mediaSheetsCompleted: findCount(message, 'job-media-sheets-completed'),
    sides: findString(group, 'sides'),
    printerReasons,
  };
}

/** A count below zero is how some devices say that they do not count. */
function findCount(message: IppMessage, name: string): number | null {
  const count = findInteger(findGroup(message, 'job'), name);
  return count === null || count < 0 ? null : count;
}

/** Some devices set their counters back with the state; a sheet that was out stays out. */
function atLeast(now: JobSighting, before: JobSighting | null): JobSighting {
  return {
    ...now,
    impressionsCompleted: higher(now.impressionsCompleted, before?.impressionsCompleted ?? null),
    mediaSheetsCompleted: higher(now.mediaSheetsCompleted, before?.mediaSheetsCompleted ?? null),
  };
}

function higher(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function endOf(look: Look, seen: JobSighting | null): JobEnd {
  if (look.kind !== 'seen' || seen === null) return { kind: look.kind === 'seen' ? 'unreachable' : look.kind, seen };
  return { kind: isFinal(seen) ? 'final' : 'deadline', seen };
}
