// Where a party keeps what must survive it: TypeORM on SQLite (one node) or PostgreSQL
// (several), the same entities and migrations on both (DESIGN §4 "the database holds the
// truth", §6 database row). What a transaction promises is the same on both:
//
//   write   as if alone: on SQLite one after the other, on PostgreSQL SERIALIZABLE and
//           run again when it lost. So `work` must touch nothing but the database.
//   read    committed rows only, from a connection that cannot write.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import { isSerializationFailure } from './faults.js';
import { limits } from './limits.js';
import type { Mutex } from './mutex.js';
import { dataSource, migrate, requireFolder, rollBack, takeWriteLock, touch, writeMutex, type StoreOptions } from './source.js';
import { WriteProbe } from './write-probe.js';

type Writing = { readonly store: Store; active: boolean };
const writing = new AsyncLocalStorage<Writing>();

export class Store {
  /** A transaction may still be open on the writer's connection, or be over, and nobody can tell. */
  private isWriterLost = false;
  private readonly probe = new WriteProbe(() => this.write((transaction) => touch(transaction)), systemClock);

  private constructor(
    private readonly writer: DataSource,
    private readonly reader: DataSource,
    private readonly mutex: Mutex | null,
  ) {}

  /**
   * Opens, migrates under a lock, and only then lets anybody in. Throws what the driver throws,
   * ENOENT where the folder is missing, `UnknownMigration` where the database is not this program's.
   */
  static async open(options: StoreOptions): Promise<Store> {
    if (options.database.kind === 'sqlite') requireFolder(options.database.file);
    const mutex = writeMutex(options.database);
    const writer = dataSource(options, 'write');
    const reader = dataSource(options, 'read-only');
    try {
      await writer.initialize();
      await (mutex === null ? migrate(writer) : mutex.run(() => migrate(writer)));
      await reader.initialize();
    } catch (cause) {
      await closeIfOpen(writer);
      throw cause;
    }
    return new Store(writer, reader, mutex);
  }

  /** Committed rows. Not inside `write`: there read through the transaction, or you miss your own rows. */
  get read(): EntityManager {
    return this.reader.manager;
  }

  /**
   * Commits what `work` did, or, when it throws, nothing of it. On PostgreSQL `work` may run
   * several times: no effect outside the database belongs into it. Does not nest.
   */
  async write<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    const outer = writing.getStore();
    assert(outer === undefined || !outer.active || outer.store !== this, 'a write does not start inside a write of the same store');
    if (this.mutex !== null) return this.mutex.run(() => this.writeOnSqlite(work));
    return this.writeOnPostgres(work);
  }

  /** Whether a write goes through at this moment; tried, not guessed, and cheap to ask. Never rejects. */
  canWrite(): Promise<boolean> {
    return this.probe.ask();
  }

  async close(): Promise<void> {
    await closeIfOpen(this.reader);
    const end = (): Promise<void> => {
      this.isWriterLost = false;
      return closeIfOpen(this.writer);
    };
    await (this.mutex === null ? end() : this.mutex.run(end));
  }

  private async writeOnSqlite<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    if (this.isWriterLost) await this.reopenWriter();
    const runner = this.writer.createQueryRunner();
    try {
      await runner.startTransaction();
      await takeWriteLock(runner);
      const value = await this.inside(() => work(runner.manager));
      await runner.commitTransaction();
      return value;
    } catch (cause) {
      this.isWriterLost = !(await rollBack(runner));
      throw cause;
    }
  }

  /** Closing a connection ends its transaction, whatever had become of it. Throws as the driver does; the next write tries again. */
  private async reopenWriter(): Promise<void> {
    await closeIfOpen(this.writer);
    await this.writer.initialize();
    this.isWriterLost = false;
  }

  private async writeOnPostgres<T>(work: (transaction: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.writer.transaction('SERIALIZABLE', (transaction) => this.inside(() => work(transaction)));
      } catch (cause) {
        if (!isSerializationFailure(cause) || attempt >= limits.serializationAttempts) throw cause;
      }
      // A growing pause without a die: the order in which two losers come back does not matter, one of them wins.
      await systemClock.sleep(limits.serializationPauseMs * attempt * attempt);
    }
  }

  private async inside<T>(work: () => Promise<T>): Promise<T> {
    const mark: Writing = { store: this, active: true };
    try {
      return await writing.run(mark, work);
    } finally {
      mark.active = false;
    }
  }
}

async function closeIfOpen(source: DataSource): Promise<void> {
  if (source.isInitialized) await source.destroy();
}
