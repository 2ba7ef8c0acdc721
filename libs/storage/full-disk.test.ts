// SQLite without room for a while. The database's own limit of pages gives the same SQLITE_FULL, and
// the same end of the transaction, as a disk does; where COMMIT itself fails: test/storage/.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EntityManager, QueryRunner } from 'typeorm';
import { openNamedStore } from './open-fault.js';
import { Counter, Counters1700000000000, CountersChanged1700000001000 } from './sample-schema.js';
import { Store } from './store.js';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-full-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const migrations = [Counters1700000000000, CountersChanged1700000001000];

function open(): Promise<Store> {
  return Store.open({ database: { kind: 'sqlite', file: join(folder, 'counters.sqlite') }, entities: [Counter], migrations });
}

/** SQLite does not check lengths, so a few rows are many pages. */
async function insert(transaction: EntityManager, id: string, owner = id.padEnd(20_000, '.')): Promise<void> {
  await transaction.insert(Counter, { id, owner, open: true, value: 0, changedMs: null });
}

/** The limit is the connection's own, so it is set anew in each write. */
async function noRoom(transaction: EntityManager): Promise<void> {
  await transaction.query('PRAGMA max_page_count = 1');
}

async function room(transaction: EntityManager): Promise<void> {
  await transaction.query('PRAGMA max_page_count = 100000');
}

const full = { driverError: { code: 'SQLITE_FULL' } };
const ids = async (): Promise<string[]> => (await store.read.find(Counter, { order: { id: 'ASC' } })).map(({ id }) => id);

const two = async (transaction: EntityManager): Promise<void> => {
  await insert(transaction, 'small', 'small');
  await insert(transaction, 'large');
};

test('a write that finds no room fails as such, and nothing of it is there', async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const write = store.write(async (transaction) => {
      await noRoom(transaction);
      await two(transaction);
    });
    await expect(write).rejects.toMatchObject(full);
  }
  expect(await ids()).toEqual([]);
});

test('writing goes on as soon as there is room', async () => {
  await expect(store.write(async (transaction) => noRoom(transaction).then(() => two(transaction)))).rejects.toMatchObject(full);
  await store.write(async (transaction) => room(transaction).then(() => two(transaction)));
  await expect(store.write(async (transaction) => noRoom(transaction).then(() => insert(transaction, 'third')))).rejects.toMatchObject(
    full,
  );
  await store.write(async (transaction) => void (await transaction.update(Counter, { id: 'small' }, { value: 1 })));
  expect(await ids()).toEqual(['large', 'small']);
});

test('whoever waited behind a write that found no room is not held back by it', async () => {
  const [first, second] = await Promise.allSettled([
    store.write(async (transaction) => noRoom(transaction).then(() => two(transaction))),
    store.write(async (transaction) => room(transaction).then(() => insert(transaction, 'second'))),
  ]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(await ids()).toEqual(['second']);
});

test('a transaction inside the transaction that cannot be ended does not swallow the next write', async () => {
  const write = store.write((transaction) =>
    transaction.transaction(async (inner) => {
      await noRoom(inner);
      await two(inner);
    }),
  );
  await expect(write).rejects.toMatchObject({ name: 'QueryFailedError' });
  await store.write(async (transaction) => room(transaction).then(() => insert(transaction, 'next')));
  await store.close();
  store = await open();
  expect(await ids()).toEqual(['next']);
});

test('a migration that finds no room is a fault of the file, and is made whole when there is room', async () => {
  let isFull = true;
  class Grown1700000004000 {
    async up(runner: QueryRunner): Promise<void> {
      await runner.query('CREATE TABLE "grown" ("id" integer PRIMARY KEY)');
      if (isFull) await noRoom(runner.manager);
      await two(runner.manager);
    }
    async down(): Promise<void> {}
  }
  const database = { kind: 'sqlite', file: join(folder, 'counters.sqlite') } as const;
  const start = () => openNamedStore({ database, entities: [Counter], migrations: [...migrations, Grown1700000004000] });
  expect(await start()).toMatchObject({ ok: false, error: { key: 'database.file', isPassing: true } });
  expect(await ids()).toEqual([]);
  isFull = false;
  const opened = await start();
  expect(opened.ok).toBe(true);
  if (opened.ok) await opened.value.close();
  expect(await ids()).toEqual(['large', 'small']);
});
