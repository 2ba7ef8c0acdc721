// The journal in the kiosk's database. One writer: the runner. An entry is on the disk
// (WAL, synchronous=FULL) when `append` resolves; only then may its effects begin.
import { chain, type JournalEntry, type NewEntry } from '#libs/journal/entry.js';
import type { Store } from '#libs/storage/store.js';
import { JournalRow } from './entities.js';

export class JournalStore {
  constructor(private readonly store: Store) {}

  async append(entry: NewEntry): Promise<JournalEntry> {
    return this.store.write(async (transaction) => {
      const [head] = await transaction.find(JournalRow, { order: { sequence: 'DESC' }, take: 1 });
      const linked = chain(head ?? null, entry);
      await transaction.insert(JournalRow, { ...linked, fields: JSON.stringify(linked.fields) });
      return linked;
    });
  }

  async readAll(): Promise<JournalEntry[]> {
    const rows = await this.store.read.find(JournalRow, { order: { sequence: 'ASC' } });
    return rows.map(({ sequence, atMs, session, code, fields, previous, hash }) => ({
      sequence,
      atMs,
      session,
      code,
      fields: JSON.parse(fields),
      previous,
      hash,
    }));
  }
}
