// The journal of a kiosk: append-only, each entry bound to the one before it. An intention
// is written before the act and its outcome after it (DESIGN §4). Codes and ids only.
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';

export type JournalFields = Readonly<Record<string, string | number | null>>;

export type JournalEntry = {
  /** From 1, without a gap. */
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly atMs: number;
  /** Null for what belongs to no visit. */
  readonly session: string | null;
  readonly code: string;
  readonly fields: JournalFields;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
};

export const firstPrevious = '0'.repeat(64);

export type NewEntry = Omit<JournalEntry, 'hash' | 'previous' | 'sequence'>;

export function chain(head: { readonly sequence: number; readonly hash: string } | null, entry: NewEntry): JournalEntry {
  const linked = { ...entry, sequence: (head?.sequence ?? 0) + 1, previous: head?.hash ?? firstPrevious };
  return { ...linked, hash: hashOf(linked) };
}

function hashOf(entry: Omit<JournalEntry, 'hash'>): string {
  const { sequence, atMs, session, code, fields, previous } = entry;
  return sha256Hex(canonicalJson({ sequence, atMs, session, code, fields, previous }));
}

export type ChainFault = { readonly sequence: number; readonly code: 'changed' | 'missing-or-reordered' };

/** The first entry that does not follow from the one before it, or null. */
export function findBreak(entries: readonly JournalEntry[]): ChainFault | null {
  let previous = firstPrevious;
  for (const [index, entry] of entries.entries()) {
    if (entry.sequence !== index + 1 || entry.previous !== previous) return { sequence: index + 1, code: 'missing-or-reordered' };
    if (hashOf(entry) !== entry.hash) return { sequence: entry.sequence, code: 'changed' };
    previous = entry.hash;
  }
  return null;
}
