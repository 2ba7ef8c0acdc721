// A disk without room ends transactions in ways of its own: COMMIT fails because the write-ahead
// log cannot grow, SQLite rolls back by itself. It costs the writes of that time, and no more.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Counter, Counters1700000000000, CountersChanged1700000001000 } from '#libs/storage/sample-schema.js';
import { Store } from '#libs/storage/store.js';
import { giveRoom, takeRoom } from '../world/disk-room.js';

let folder: string;
let file: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-full-'));
  file = join(folder, 'counters.sqlite');
  store = await open();
  // From its first read on the reader keeps the write-ahead log as it is, as in a part that runs.
  await ids();
});
afterEach(async () => {
  giveRoom(process.pid);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (): Promise<Store> =>
  Store.open({
    database: { kind: 'sqlite', file },
    entities: [Counter],
    migrations: [Counters1700000000000, CountersChanged1700000001000],
  });

/** Two rows, each with pages of its own: none may be there without the other. Taken or refused. */
async function put(id: string): Promise<string> {
  const names = ['a', 'b'].map((part) => `${id}${part}`);
  const write = store.write(async (transaction) => {
    for (const name of names) {
      await transaction.insert(Counter, { id: name, owner: name.padEnd(9_000, '.'), open: true, value: 0, changedMs: null });
    }
  });
  return write.then(
    () => 'taken',
    (cause: { driverError?: { code?: string } }) => cause.driverError?.code ?? 'no word of the driver',
  );
}

async function ids(): Promise<string> {
  const rows = await store.read.find(Counter, { select: { id: true }, order: { id: 'ASC' } });
  return rows.map(({ id }) => id).join(' ');
}

test('writes fail while it takes nothing, none is half there, and they go on when it takes them again', async () => {
  expect(await put('1')).toBe('taken');
  takeRoom(process.pid, file);
  expect([await put('2'), await put('3'), await put('4')]).toEqual(Array.from({ length: 3 }, () => 'SQLITE_IOERR_WRITE'));
  expect(await ids()).toBe('1a 1b');
  giveRoom(process.pid);
  expect([await put('5'), await put('6')]).toEqual(['taken', 'taken']);
  expect(await ids()).toBe('1a 1b 5a 5b 6a 6b');
});

test('again and again: what was acknowledged is there after a restart, and nothing else', async () => {
  const acknowledged: string[] = [];
  for (let round = 10; round < 22; round++) {
    if (round % 3 === 2) takeRoom(process.pid, file);
    if ((await put(String(round))) === 'taken') acknowledged.push(`${round}a`, `${round}b`);
    if (round % 3 === 0) giveRoom(process.pid);
  }
  expect(acknowledged).toHaveLength(8);
  expect(await ids()).toBe(acknowledged.join(' '));
  await store.close();
  store = await open();
  expect(await ids()).toBe(acknowledged.join(' '));
});
