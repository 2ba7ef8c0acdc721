import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UnknownMigration } from './applied.js';
import { findDatabaseFault, openNamedStore } from './open-fault.js';
import { Counters1700000000000, CountersChanged1700000001000 } from './sample-schema.js';
import { takeSoleOwnership } from './sole-owner.js';
import { Store } from './store.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-open-fault-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes no folder, whoever opens', async () => {
  const file = join(folder, 'nowhere', 'part.db');
  const options = { database: { kind: 'sqlite', file }, entities: [], migrations: [] } as const;
  expect(await openNamedStore(options)).toMatchObject({ ok: false, error: { key: 'database.file' } });
  await expect(Store.open(options)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(takeSoleOwnership(file)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

it.each([
  [':memory:', 'a file: what a part keeps in memory is gone with it'],
  ['', 'the name of a file: not empty, and no NUL in it'],
  ['part\0.db', 'the name of a file: not empty, and no NUL in it'],
  ['nowhere\0/part.db', 'the name of a file: not empty, and no NUL in it'],
  ['/dev/null', 'a file, or none yet: this is a device, a pipe or a socket'],
  ['/dev/null/part.db', 'a file in a folder that exists'],
  [`${'n'.repeat(300)}.db`, 'a file that this user may write (ENAMETOOLONG)'],
])('takes no file name that is none: %j', async (file, expected) => {
  const opened = await openNamedStore({ database: { kind: 'sqlite', file }, entities: [], migrations: [] });
  expect(opened).toEqual({ ok: false, error: { key: 'database.file', expected } });
});

it('opens no database that a newer program or another part has migrated, and changes nothing in it', async () => {
  const database = { kind: 'sqlite', file: join(folder, 'stranger.db') } as const;
  const both = [Counters1700000000000, CountersChanged1700000001000];
  await (await Store.open({ database, entities: [], migrations: both })).close();
  const before = readFileSync(database.file);
  const error = async (migrations: typeof both): Promise<unknown> => {
    const opened = await openNamedStore({ database, entities: [], migrations });
    return opened.ok ? opened : opened.error;
  };
  expect(await error([Counters1700000000000])).toEqual({
    key: 'database.file',
    expected: 'a database no newer than this program; a newer one has migrated this (it has had CountersChanged1700000001000)',
  });
  class Other1700000000000 extends Counters1700000000000 {}
  expect(await error([Other1700000000000])).toEqual({
    key: 'database.file',
    expected: 'a database of this part, or no file yet; another part or program has made this (it has had Counters1700000000000)',
  });
  expect(readFileSync(database.file).equals(before)).toBe(true);
  const again = await Store.open({ database, entities: [], migrations: both });
  expect(await again.read.query('SELECT count(*) AS n FROM migrations')).toEqual([{ n: 2 }]);
  await again.close();
});

it('repeats of a name that is not ours only what a name of ours could be', () => {
  const fault = findDatabaseFault(new UnknownMigration(`山田\n\u001b[31m${'x'.repeat(200)}`, 'other'), 'postgresql');
  expect(fault?.key).toBe('database.url');
  expect(fault?.expected).toMatch(/^a database of this part, or an empty one; [ -~]{60,160}$/);
});

const coded = (code: string): Error => Object.assign(new Error('C4N4RY'), { code });

it.each([
  { kind: 'sqlite', cause: coded('SQLITE_NOTADB'), key: 'database.file', isPassing: undefined },
  { kind: 'sqlite', cause: coded('SQLITE_CANTOPEN_ISDIR'), key: 'database.file', isPassing: undefined },
  { kind: 'sqlite', cause: coded('SQLITE_BUSY'), key: 'database.file', isPassing: true },
  { kind: 'sqlite', cause: coded('SQLITE_FULL'), key: 'database.file', isPassing: true },
  { kind: 'sqlite', cause: coded('SQLITE_IOERR_SHMSIZE'), key: 'database.file', isPassing: true },
  { kind: 'postgresql', cause: coded('ECONNREFUSED'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('57P03'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('53300'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: new Error('Connection terminated due to connection timeout'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('ENOTFOUND'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: coded('28P01'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: coded('3D000'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: { driverError: coded('42501') }, key: 'database.url', isPassing: undefined },
] as const)('$kind: names the key, and whether it may pass: case %#', ({ kind, cause, key, isPassing }) => {
  const fault = findDatabaseFault(cause, kind);
  expect([fault?.key, fault?.isPassing]).toEqual([key, isPassing]);
  expect(fault?.expected).not.toContain('C4N4RY');
});

it('leaves alone what is no fault of the database', () => {
  expect(findDatabaseFault(new Error('a bug'), 'postgresql')).toBeNull();
  expect(findDatabaseFault(coded('SQLITE_CONSTRAINT'), 'sqlite')).toBeNull();
  expect(findDatabaseFault(coded('42601'), 'postgresql')).toBeNull();
});
