// What a printer said about a job, as it is kept, journaled and shown to staff: keywords and
// counts (RFC 8011 §5.1.4). Whatever else a device says is left out by its form, not by trust.
import { printSightingSchema, type PrintSighting } from '#libs/contract/staff.js';
import type { JournalFields } from '#libs/journal/entry.js';
import type { PrintOutcome } from '#devices/printer/port.js';
import { limits } from './limits.js';

const keyword = printSightingSchema.shape.jobState;

export function sightingOf(evidence: PrintOutcome['evidence']): PrintSighting {
  const { jobState, jobStateReasons, impressionsCompleted, printerReasons } = evidence;
  return {
    jobState: keyword.safeParse(jobState).data ?? 'not-a-keyword',
    jobStateReasons: keywordsOf(jobStateReasons),
    impressions: impressionsCompleted !== null && impressionsCompleted >= 0 ? impressionsCompleted : null,
    printerStateReasons: keywordsOf(printerReasons),
  };
}

/** Nobody was asked, or nobody answered: `jobState` says why nothing is known. */
export function unseen(jobState: string): PrintOutcome['evidence'] {
  return { jobState, jobStateReasons: [], impressionsCompleted: null, printerReasons: [] };
}

export function journalFieldsOf(seen: PrintSighting): JournalFields {
  return {
    jobState: seen.jobState,
    jobStateReasons: seen.jobStateReasons.join(' '),
    impressions: seen.impressions,
    printerStateReasons: seen.printerStateReasons.join(' '),
  };
}

function keywordsOf(reasons: readonly string[]): string[] {
  return reasons.filter((reason) => keyword.safeParse(reason).success).slice(0, limits.reasonsKept);
}
