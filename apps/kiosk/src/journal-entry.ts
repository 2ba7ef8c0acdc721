// What an edge leaves in the journal: its code, where it led, and codes and small numbers
// of the event. Listed by name, so that no field of a device or a server slips in.
import type { JournalFields, NewEntry } from '#libs/journal/entry.js';
import type { Edge } from '#libs/session/edge.js';
import type { Event } from '#libs/session/event.js';
import type { State } from '#libs/session/state.js';
import { journalFieldsOf } from './print-evidence.js';

type Taken = { readonly edge: Edge; readonly event: Event; readonly before: State; readonly after: State; readonly atMs: number };

export function journalEntry({ edge, event, before, after, atMs }: Taken): NewEntry {
  const ids = after.visit.ids ?? before.visit.ids;
  const fields: Record<string, string | number | null> = { from: before.name, to: after.name };
  if (ids !== null) fields['request'] = ids.request;
  if (after.visit.charge !== before.visit.charge) fields['charge'] = after.visit.charge;
  return { atMs, session: ids?.session ?? null, code: edge.journal, fields: { ...fields, ...ofEvent(event) } };
}

function ofEvent(event: Event): JournalFields {
  switch (event.type) {
    case 'card-read':
    case 'pin-wrong':
    case 'pin-wanted':
      return { triesLeft: event.triesLeft };
    case 'chosen':
      return { kind: event.choice.kind, members: event.choice.members.length, copies: event.copies };
    case 'checked':
      return { copies: event.copies, pagesPerCopy: event.pagesPerCopy };
    case 'printed':
      return { copy: event.copy, ...(event.seen && journalFieldsOf(event.seen)) };
    case 'not-printed':
    case 'print-uncertain':
      return { copy: event.copy, code: event.code, ...(event.seen && journalFieldsOf(event.seen)) };
    case 'fees-became':
      return { closed: event.closed?.cause ?? null };
    case 'reversed':
      return { wasPosted: event.wasPosted ? 1 : 0 };
    case 'failed':
    case 'slip-not-printed':
    case 'charge-declined':
    case 'charge-not-sent':
    case 'put-out-of-service':
      return { code: event.code };
    default:
      return {};
  }
}
