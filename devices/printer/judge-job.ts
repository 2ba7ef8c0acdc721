// What a printer said about a job, turned into the three values of the design. Pure:
// this one function decides whether money stays or goes back, and README.md holds its
// table. RFC 8011 §5.3.7 (job-state), §5.3.8 (job-state-reasons), §5.3.18 (job progress).
import type { JobState } from '#libs/ipp/operations.js';
import type { PrintOutcome } from './port.js';

/** One look at a job. Reasons as the device spells them, `none` left out. */
export type JobSighting = {
  /** Null when the device says none or one that RFC 8011 does not know. */
  readonly jobState: JobState | null;
  readonly jobStateReasons: readonly string[];
  readonly impressionsCompleted: number | null;
  readonly mediaSheetsCompleted: number | null;
  /** `sides` of the job as the device repeats it; null when it does not. */
  readonly sides: string | null;
  readonly printerReasons: readonly string[];
};

/** How following a job ended. The counts in `seen` are the highest ever reported. */
export type JobEnd =
  | { readonly kind: 'final' | 'deadline'; readonly seen: JobSighting }
  | { readonly kind: 'unknown-job' | 'unreachable' | 'malformed-answer'; readonly seen: JobSighting | null };

export function isFinal(seen: JobSighting): boolean {
  if (seen.jobStateReasons.includes('processing-to-stop-point')) return false;
  return seen.jobState === 'completed' || seen.jobState === 'canceled' || seen.jobState === 'aborted';
}

/** `pages` is the number of pages of our document, one copy. */
export function judgeJob(end: JobEnd, pages: number): PrintOutcome {
  const { seen } = end;
  return {
    outcome: end.kind === 'final' && isFinal(end.seen) ? judgeFinal(end.seen, pages) : 'uncertain',
    evidence: {
      jobState: end.kind === 'final' || end.kind === 'deadline' ? (end.seen.jobState ?? 'deadline') : end.kind,
      jobStateReasons: seen?.jobStateReasons ?? [],
      impressionsCompleted: seen?.impressionsCompleted ?? seen?.mediaSheetsCompleted ?? null,
      printerReasons: seen?.printerReasons ?? [],
    },
  };
}

function judgeFinal(seen: JobSighting, pages: number): PrintOutcome['outcome'] {
  // Handed on to something that does not report back (RFC 8011 §5.3.8): no count is true.
  if (seen.jobStateReasons.includes('queued-in-device')) return 'uncertain';
  if (seen.jobState === 'completed') return isPrinted(seen, pages) ? 'printed' : 'uncertain';
  return isNothingOut(seen) ? 'not-printed' : 'uncertain';
}

function isPrinted(seen: JobSighting, pages: number): boolean {
  if (seen.jobStateReasons.some(isErrorReason)) return false;
  // A jam now, when only we print: a counted sheet may not have reached the tray. Some
  // devices call every jam a -report, so the suffix does not count here.
  if (seen.printerReasons.some((reason) => stripSeverity(reason) === 'media-jam')) return false;
  switch (compareCounts(seen, pages)) {
    case 'enough':
      return true;
    case 'short':
      return false;
    case 'not-told':
      return isSaidToBePrinted(seen);
  }
}

/** No count at all: then the device must say success, and nothing else, and be well. */
function isSaidToBePrinted(seen: JobSighting): boolean {
  return (
    seen.jobStateReasons.length > 0 &&
    seen.jobStateReasons.every((reason) => reason === 'job-completed-successfully') &&
    !seen.printerReasons.some(isErrorSeverity)
  );
}

/** Impressions are sides, sheets are sheets; a duplex job may count a blank last side. */
function compareCounts(seen: JobSighting, pages: number): 'enough' | 'short' | 'not-told' {
  const { impressionsCompleted: impressions, mediaSheetsCompleted: sheets } = seen;
  if (impressions === null && sheets === null) return 'not-told';
  if (impressions !== null && impressions < pages) return 'short';
  const isTwoSided = impressions !== null || seen.sides?.startsWith('two-sided') === true;
  const sheetsNeeded = isTwoSided ? Math.ceil(pages / 2) : pages;
  return sheets !== null && sheets < sheetsNeeded ? 'short' : 'enough';
}

function isNothingOut(seen: JobSighting): boolean {
  const counts = [seen.impressionsCompleted, seen.mediaSheetsCompleted].filter((count) => count !== null);
  return counts.length > 0 && counts.every((count) => count === 0);
}

/** Reasons that contradict `completed`, by the endings that RFC 8011 §5.3.8 and PWG 5100.7 use. */
const errorReason =
  /-errors?$|^aborted-|^job-canceled-|^unsupported-|^job-data-insufficient$|^submission-interrupted$|^service-off-line$|-did-not-verify$/;

function isErrorReason(reason: string): boolean {
  return errorReason.test(reason);
}

/** RFC 8011 §5.4.12: a reason without a suffix is an error. */
export function isErrorSeverity(printerReason: string): boolean {
  return !/-(report|warning)$/.test(printerReason);
}

/** `media-jam-error` → `media-jam` (RFC 8011 §5.4.12). */
export function stripSeverity(printerReason: string): string {
  return printerReason.replace(/-(report|warning|error)$/, '');
}
