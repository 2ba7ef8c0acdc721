// The store on a real PostgreSQL keeps what it promises on SQLite.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { isUniqueViolation } from '#libs/storage/faults.js';
import { Counter, Counters1700000000000, CountersChanged1700000001000 } from '#libs/storage/sample-schema.js';
import { openNamedStore } from '#libs/storage/open-fault.js';
import type { StoreOptions } from '#libs/storage/source.js';
import { Store } from '#libs/storage/store.js';
import { newDatabase, startPostgres, type RunningServer } from '../world/databases.js';

let postgres: RunningServer;
let options: StoreOptions;
let store: Store;

beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.stop());
beforeEach(async () => {
  options = {
    database: { kind: 'postgresql', url: await newDatabase(postgres.url) },
    entities: [Counter],
    migrations: [Counters1700000000000, CountersChanged1700000001000],
  };
  store = await Store.open(options);
  return () => store.close();
});

const counter = { id: 'a', owner: 'b', open: true, value: 0, changedMs: 1_800_000_000_001 };

test('transactions that read and then write lose nothing of each other', async () => {
  await store.write(async (t) => void (await t.insert(Counter, counter)));
  const other = await Store.open(options);
  const increment = (on: Store): Promise<void> =>
    on.write(async (t) => {
      const { value } = await t.findOneByOrFail(Counter, { id: 'a' });
      await t.update(Counter, { id: 'a' }, { value: value + 1 });
    });
  await Promise.all(Array.from({ length: 12 }, (_, n) => increment(n % 2 === 0 ? store : other)));
  expect(await store.read.findOneBy(Counter, { id: 'a' })).toEqual({ ...counter, value: 12 });
  await other.close();
}, 30_000);

test('several nodes may start at once: the schema is made once', async () => {
  const url = await newDatabase(postgres.url);
  const stores = await Promise.all(Array.from({ length: 4 }, () => Store.open({ ...options, database: { kind: 'postgresql', url } })));
  expect(await stores[0]?.read.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: 2 }]);
  await Promise.all(stores.map((one) => one.close()));
}, 30_000);

test('a write is all or nothing, and a broken constraint is known as one', async () => {
  const twice = store.write(async (t) => {
    await t.insert(Counter, counter);
    await t.insert(Counter, { ...counter, id: 'c' });
  });
  await expect(twice).rejects.toSatisfy(isUniqueViolation);
  expect(await store.read.count(Counter)).toBe(0);
});

test('reading sees committed rows only and cannot write', async () => {
  await store.write(async (t) => {
    await t.insert(Counter, counter);
    expect(await store.read.count(Counter)).toBe(0);
  });
  expect(await store.read.count(Counter)).toBe(1);
  await expect(store.read.insert(Counter, { ...counter, id: 'd', owner: 'd' })).rejects.toThrow(/read-only/);
});

test('a conditional update tells whether it found its prior state', async () => {
  await store.write(async (t) => void (await t.insert(Counter, counter)));
  const close = (): Promise<number | undefined> =>
    store.write(async (t) => (await t.update(Counter, { id: 'a', open: true }, { open: false })).affected);
  const results = await Promise.all([close(), close(), close()]);
  expect(results.filter((affected) => affected === 1).length).toBe(1);
  expect(results.filter((affected) => affected === 0).length).toBe(2);
});

test('says that it can be written, to several nodes that ask at once', async () => {
  const other = await Store.open(options);
  expect(await Promise.all([store.canWrite(), other.canWrite()])).toEqual([true, true]);
  await other.close();
});

test('a user, a password or a database that PostgreSQL does not know is a fault of the file', async () => {
  const opened = async (change: (url: URL) => void): Promise<unknown> => {
    const url = new URL(postgres.url);
    change(url);
    return openNamedStore({ database: { kind: 'postgresql', url: url.href }, entities: [], migrations: [] });
  };
  const fault = (expected: string): unknown => ({ ok: false, error: { key: 'database.url', expected } });
  expect(await opened((url) => (url.pathname = '/nowhere'))).toEqual(fault('a database that exists (3D000)'));
  expect(await opened((url) => (url.username = 'nobody'))).toEqual(fault('a user and a password that PostgreSQL takes (28000)'));
});

test('a database of a newer program or of another part is a fault of the file, and stays as it is', async () => {
  const { database } = options;
  const fault = async (migrations: StoreOptions['migrations']): Promise<unknown> => {
    const opened = await openNamedStore({ database, entities: [], migrations });
    return opened.ok ? opened : opened.error;
  };
  expect(await fault([Counters1700000000000])).toEqual({
    key: 'database.url',
    expected: 'a database no newer than this program; a newer one has migrated this (it has had CountersChanged1700000001000)',
  });
  class Other1700000002000 extends Counters1700000000000 {}
  expect(await fault([Other1700000002000])).toEqual({
    key: 'database.url',
    expected: 'a database of this part, or an empty one; another part or program has made this (it has had Counters1700000000000)',
  });
  expect(await store.read.query('SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: 2 }]);
});
