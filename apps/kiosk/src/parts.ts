// What the pieces of a kiosk are put together from.
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import { Store } from '#libs/storage/store.js';
import { ChargeStore } from './storage/charge-store.js';
import { JournalStore } from './storage/journal-store.js';
import { OutboxStore } from './storage/outbox-store.js';
import { entities, migrations } from './storage/schema.js';
import { VisitStore } from './storage/visit-store.js';

/** What a process takes from the machine. */
export type World = { readonly clock: Clock; readonly random: Random; readonly log: Log };

export type Stores = {
  readonly visits: VisitStore;
  readonly charges: ChargeStore;
  readonly outbox: OutboxStore;
  readonly journal: JournalStore;
};

/** SQLite, because a kiosk is one node; `close` ends all of them. */
export async function openStores(file: string): Promise<Stores & { close(): Promise<void> }> {
  const store = await Store.open({ database: { kind: 'sqlite', file }, entities, migrations });
  return {
    visits: new VisitStore(store),
    charges: new ChargeStore(store),
    outbox: new OutboxStore(store),
    journal: new JournalStore(store),
    close: () => store.close(),
  };
}
