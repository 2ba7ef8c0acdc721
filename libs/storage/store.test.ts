import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Column, DataSource, Entity, Index, PrimaryColumn, Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns, safeInteger } from './columns.js';
import { isUniqueViolation } from './faults.js';
import { Store } from './store.js';

@Entity('notes')
@Index('notes_word', ['word'], { unique: true })
class Note {
  @PrimaryColumn('integer')
  declare id: number;
  @Column('varchar', { length: 20 })
  declare word: string;
  @Column('bigint', { transformer: safeInteger })
  declare atMs: number;
}

class Notes1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'notes',
        columns: [columns.integer('id', { primary: true }), columns.varchar('word', 20), columns.epochMs('atMs')],
        indices: [{ name: 'notes_word', columnNames: ['word'], isUnique: true }],
      }),
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notes');
  }
}

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-store-'));
  file = join(folder, 'notes.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entities = [Note];
const migrations = [Notes1700000000000];
const open = (): Promise<Store> => Store.open({ database: { kind: 'sqlite', file }, entities, migrations });
const note = (id: number): { id: number; word: string; atMs: number } => ({ id, word: `word ${id}`, atMs: 1_800_000_000_000 + id });
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/**
 * Two transactions that overlap: the first inserts note 1 and waits, the second inserts note 2
 * and is acknowledged, then the first fails. What is there afterwards?
 */
async function overlap(
  write: (work: (rows: { insert: DataSource['manager']['insert'] }) => Promise<void>) => Promise<void>,
): Promise<void> {
  const first = write(async (rows) => {
    await rows.insert(Note, note(1));
    await pause();
    await pause();
    throw new Error('the first one fails');
  });
  const second = pause().then(() => write(async (rows) => void (await rows.insert(Note, note(2)))));
  await expect(first).rejects.toThrow('the first one fails');
  await second;
}

describe('the hazard of one connection', () => {
  test('a bare TypeORM data source on SQLite loses a commit that it acknowledged', async () => {
    const bare = new DataSource({ type: 'better-sqlite3', database: file, entities, migrations, migrationsRun: true });
    await bare.initialize();
    await overlap((work) => bare.transaction(async (manager) => work(manager)));
    expect(await bare.manager.count(Note)).toBe(0);
    await bare.destroy();
  });

  test('the store keeps it', async () => {
    const store = await open();
    await overlap((work) => store.write(async (transaction) => work(transaction)));
    expect(await store.read.find(Note)).toEqual([note(2)]);
    await store.close();
  });

  test('two stores on one file in one process take turns as well', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    await Promise.all(
      Array.from({ length: 20 }, (_, id) => (id % 2 === 0 ? one : other).write(async (t) => void (await t.insert(Note, note(id))))),
    );
    expect(await one.read.count(Note)).toBe(20);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('reading', () => {
  test('never sees what is not committed, and does not wait for it', async () => {
    const store = await open();
    let seen = -1;
    const write = store.write(async (transaction) => {
      await transaction.insert(Note, note(1));
      seen = await store.read.count(Note);
    });
    await write;
    expect(seen).toBe(0);
    expect(await store.read.count(Note)).toBe(1);
    await store.close();
  });

  test('cannot write', async () => {
    const store = await open();
    await expect(store.read.insert(Note, note(1))).rejects.toThrow(/readonly/);
    await store.close();
  });
});

describe('writing', () => {
  test('is durable: WAL, synchronous FULL, foreign keys on', async () => {
    const store = await open();
    const pragmas = await store.write(async (transaction) => {
      const one = async (name: string): Promise<unknown> =>
        Object.values(((await transaction.query(`PRAGMA ${name}`)) as object[])[0] ?? {})[0];
      return [await one('journal_mode'), await one('synchronous'), await one('foreign_keys')];
    });
    expect(pragmas).toEqual(['wal', 2, 1]);
    await store.close();
  });

  test('is all or nothing, and the next one goes on', async () => {
    const store = await open();
    await expect(
      store.write(async (transaction) => {
        await transaction.insert(Note, note(1));
        await transaction.insert(Note, { ...note(2), word: note(1).word });
      }),
    ).rejects.toSatisfy(isUniqueViolation);
    await store.write(async (transaction) => void (await transaction.insert(Note, note(3))));
    expect(await store.read.find(Note)).toEqual([note(3)]);
    await store.close();
  });

  test('does not nest: that would wait for itself for ever', async () => {
    const store = await open();
    await expect(store.write(() => store.write(async () => undefined))).rejects.toThrow('a write does not start inside a write');
    await store.close();
  });

  test('tells by `affected` whether a conditional update found its prior state', async () => {
    const store = await open();
    await store.write(async (transaction) => void (await transaction.insert(Note, note(1))));
    const change = (): Promise<number | undefined> =>
      store.write(async (t) => (await t.update(Note, { id: 1, word: 'word 1' }, { word: 'changed' })).affected);
    expect([await change(), await change()]).toEqual([1, 0]);
    await store.close();
  });

  test('refuses numbers that a bigint column would round', async () => {
    const store = await open();
    await expect(store.write(async (t) => void (await t.insert(Note, { ...note(1), atMs: 2 ** 53 })))).rejects.toThrow('below 2^53');
    await store.close();
  });
});
