// Step 13: one IPP job a copy, its intention written before it is sent, its outcome after.
// The three values of the design come from devices/printer; nothing here turns "uncertain"
// into anything else.
import type { Printer, PrintJobRef, PrintOutcome } from '#devices/printer/port.js';
import type { Event } from '#libs/session/event.js';
import { unreachable } from '#libs/std/assert.js';
import type { CheckedBundle, LiveSession } from '../live-session.js';
import { sightingOf, unseen } from '../print-evidence.js';
import type { VisitStore } from '../storage/visit-store.js';

type PrintStageParts = {
  readonly printer: Printer;
  readonly visits: Pick<VisitStore, 'intendPrint' | 'recordPrint'>;
  /** How long a copy may lie in the printer. */
  readonly timeoutMs: number;
  /** How long it may take to come to its final state after it was taken back. */
  readonly cancelTimeoutMs: number;
  /** printer-state-reasons while a job waits for a hand; null when it goes on. */
  readonly onStopped: (reason: string | null) => void;
};

/** Ours, unique a copy and attempt, without anything of a person. */
export function jobNameOf(request: string, copy: number): string {
  return `${request}-${copy}-1`;
}

export class PrintStage {
  constructor(private readonly parts: PrintStageParts) {}

  async print(live: LiveSession, copy: number): Promise<Event> {
    const document = documentOf(live.bundle, copy);
    if (document === null) return { type: 'not-printed', copy, code: 'internal' };
    const { pdf, pages } = document;
    const jobName = jobNameOf(live.ids.request, copy);
    await this.parts.visits.intendPrint({ jobName, session: live.ids.session, copy, pages });
    const outcome = await this.submitAndFollow({ jobName, pdf, pages });
    await this.parts.visits.recordPrint(jobName, outcome.outcome, sightingOf(outcome.evidence));
    return toEvent(copy, outcome);
  }

  private async submitAndFollow(job: { jobName: string; pdf: Buffer; pages: number }): Promise<PrintOutcome> {
    const submitted = await this.parts.printer.submit({ ...job, sides: 'one-sided' });
    if (submitted.ok) return this.follow(submitted.value, job.pages);
    if (submitted.error.code === 'refused') return nothingSent('refused');
    // The document may have left: only the printer knows, so it is asked by the job's name.
    const found = await this.parts.printer.findByName(job.jobName);
    if (!found.ok) return { outcome: 'uncertain', evidence: unseen(found.error.code) };
    if (found.value === null) return { outcome: 'uncertain', evidence: unseen('unknown-job') };
    return this.follow(found.value, job.pages);
  }

  private async follow(ref: PrintJobRef, pages: number): Promise<PrintOutcome> {
    const onReasons = (reasons: readonly string[]): void => this.parts.onStopped(sentenceOf(reasons));
    const outcome = await this.parts.printer.follow(ref, { pages, timeoutMs: this.parts.timeoutMs, onReasons });
    return outcome.outcome === 'printed' ? outcome : takeBack(this.parts, { ref, pages, outcome });
  }
}

type TakeBack = Pick<PrintStageParts, 'printer' | 'cancelTimeoutMs'>;

/**
 * Nobody waits for this job any more: it must not come out later by itself. What the printer
 * says once it is cancelled counts, except that a sheet once seen outside stays outside.
 */
async function takeBack(parts: TakeBack, job: { ref: PrintJobRef; pages: number; outcome: PrintOutcome }): Promise<PrintOutcome> {
  const { ref, pages, outcome } = job;
  const { printer, cancelTimeoutMs } = parts;
  const cancelled = await printer.cancel(ref);
  const isFinal = /^(completed|canceled|aborted|unknown-job)$/.test(outcome.evidence.jobState);
  if (isFinal || !cancelled.ok) return outcome;
  const after = together(outcome, await printer.follow(ref, { pages, timeoutMs: cancelTimeoutMs }));
  const wasSeenOutside = (outcome.evidence.impressionsCompleted ?? 0) > 0;
  return after.outcome === 'not-printed' && wasSeenOutside ? { ...after, outcome: 'uncertain' } : after;
}

/** The later look with what the earlier one saw: the highest count, every reason of the printer. */
function together({ evidence: before }: PrintOutcome, { outcome, evidence: now }: PrintOutcome): PrintOutcome {
  const counts = [before.impressionsCompleted, now.impressionsCompleted].filter((count) => count !== null);
  const impressionsCompleted = counts.length === 0 ? null : Math.max(...counts);
  const printerReasons = [...new Set([...before.printerReasons, ...now.printerReasons])];
  return { outcome, evidence: { ...now, impressionsCompleted, printerReasons } };
}

function documentOf(bundle: CheckedBundle | null, copy: number): { pdf: Buffer; pages: number } | null {
  const pdf = bundle?.pdfs[copy - 1];
  const pages = bundle?.manifest.copies[copy - 1]?.pages.length;
  return pdf === undefined || pages === undefined ? null : { pdf, pages };
}

function nothingSent(jobState: string): PrintOutcome {
  return { outcome: 'not-printed', evidence: { jobState, jobStateReasons: [], impressionsCompleted: 0, printerReasons: [] } };
}

function toEvent(copy: number, { outcome, evidence }: PrintOutcome): Event {
  const seen = sightingOf(evidence);
  switch (outcome) {
    case 'printed':
      return { type: 'printed', copy, seen };
    case 'not-printed':
      return { type: 'not-printed', copy, code: 'not-printed', seen };
    case 'uncertain':
      return { type: 'print-uncertain', copy, code: seen.jobState, seen };
    default:
      return unreachable(outcome);
  }
}

/**
 * What a person at the kiosk can do about printer-state-reasons (RFC 8011 §5.4.12): call staff.
 * Null where nothing stops the job: toner that runs low is no matter of the citizen's.
 */
export function sentenceOf(reasons: readonly string[]): string | null {
  const stops = reasons.filter((reason) => !/-(report|warning)$/.test(reason));
  const has = (keyword: string): boolean => stops.some((reason) => reason.startsWith(keyword));
  if (stops.length === 0) return null;
  if (has('media-empty') || has('media-needed')) return '用紙がなくなりました。係員をお呼びください。';
  if (has('media-jam')) return '用紙がつまりました。係員をお呼びください。';
  return 'プリンターが止まっています。係員をお呼びください。';
}
