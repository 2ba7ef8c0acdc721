// One at a time, in the order of asking. It serialises the write transactions of a
// SQLite file, because TypeORM has one connection to it: a second BEGIN would become a
// savepoint inside the first transaction, and go down with it (store.test.ts shows how
// an acknowledged commit is lost that way).

export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  /** Runs `work` after everything that asked before; a failure stays with its own caller. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.tail.then(work, work);
    this.tail = mine.catch(() => undefined);
    return mine;
  }
}
