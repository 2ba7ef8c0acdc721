import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chain, findBreak, type JournalEntry } from './entry.js';

function journal(length: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let index = 0; index < length; index++) {
    entries.push(chain(entries.at(-1) ?? null, { atMs: 1000 + index, session: `s${index % 3}`, code: 'card-in', fields: { copy: index } }));
  }
  return entries;
}

describe('the chain', () => {
  it('is whole as written', () => {
    expect(findBreak(journal(20))).toBeNull();
    expect(findBreak([])).toBeNull();
  });

  it('finds any changed, missing or reordered entry', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 18 }), fc.constantFrom('change', 'drop', 'swap'), (at, harm) => {
        const entries = journal(20);
        const [here, next] = [entries[at], entries[at + 1]];
        if (here === undefined || next === undefined) return;
        if (harm === 'change') entries[at] = { ...here, fields: { copy: 99 } };
        if (harm === 'drop') entries.splice(at, 1);
        if (harm === 'swap') entries.splice(at, 2, next, here);
        expect(findBreak(entries)).not.toBeNull();
      }),
    );
  });
});
