// What the pieces of a kiosk are put together from.
import type { Clock } from '#libs/std/clock.js';
import type { StartFault } from '#libs/contract/configuration.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { findDatabaseFault } from '#libs/storage/open-fault.js';
import { takeSoleOwnership } from '#libs/storage/sole-owner.js';
import { Store } from '#libs/storage/store.js';
import { otherKioskFault } from './start-faults.js';
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

export type OpenStores = Stores & {
  /** Whether a write goes through at this moment. */
  canWrite(): Promise<boolean>;
  close(): Promise<void>;
};

/** For a kiosk that runs: nobody else's visits are recovered, and nobody recovers ours. */
export async function openOwnStores(file: string): Promise<Result<OpenStores, readonly StartFault[]>> {
  try {
    const owner = await takeSoleOwnership(file);
    if (!owner.ok) return err([otherKioskFault]);
    const stores = await openStores(file).catch(async (cause: unknown) => {
      await owner.value.release();
      throw cause;
    });
    const close = async (): Promise<void> => {
      await stores.close();
      await owner.value.release();
    };
    return ok({ ...stores, close });
  } catch (cause) {
    const fault = findDatabaseFault(cause, 'sqlite');
    if (fault === null) throw cause;
    return err([fault]);
  }
}

/** SQLite, because a kiosk is one node; `close` ends all of them. */
export async function openStores(file: string): Promise<OpenStores> {
  const store = await Store.open({ database: { kind: 'sqlite', file }, entities, migrations });
  return {
    visits: new VisitStore(store),
    charges: new ChargeStore(store),
    outbox: new OutboxStore(store),
    journal: new JournalStore(store),
    canWrite: () => store.canWrite(),
    close: () => store.close(),
  };
}
