// What must reach somebody else, however long it takes. Stored before it is sent; the
// receiver knows a second delivery by its id.
import { In } from 'typeorm';
import type { Store } from '#libs/storage/store.js';
import { OutboxRow } from './entities.js';

export type OutboxMessage = { readonly id: string; readonly kind: OutboxRow['kind']; readonly body: string; readonly createdMs: number };

export class OutboxStore {
  constructor(private readonly store: Store) {}

  /** Twice the same id is one message: recovery may write what the runner had already written. */
  async put(message: OutboxMessage): Promise<void> {
    await this.store.write(async (transaction) => {
      if (await transaction.existsBy(OutboxRow, { id: message.id })) return;
      await transaction.insert(OutboxRow, { ...message, attempts: 0, state: 'waiting' });
    });
  }

  /** Of these kinds, the oldest first. */
  waiting(kinds: readonly OutboxRow['kind'][]): Promise<OutboxRow[]> {
    return this.store.read.find(OutboxRow, { where: { state: 'waiting', kind: In([...kinds]) }, order: { createdMs: 'ASC' } });
  }

  async close(id: string, state: 'taken' | 'refused'): Promise<void> {
    await this.store.write((transaction) => transaction.update(OutboxRow, { id, state: 'waiting' }, { state }));
  }

  async countAttempt(id: string): Promise<void> {
    await this.store.write((transaction) => transaction.increment(OutboxRow, { id }, 'attempts', 1));
  }
}
