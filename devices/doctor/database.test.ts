import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Counter, Counters1700000000000, CountersChanged1700000001000 } from '#libs/storage/sample-schema.js';
import { Store } from '#libs/storage/store.js';
import { checkDatabase } from './database.js';
import type { Finding } from './finding.js';

const first = [Counters1700000000000];
const both = [Counters1700000000000, CountersChanged1700000001000];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-doctor-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const check = (file: string, migrations: typeof first = both): Promise<readonly Finding[]> =>
  checkDatabase({ database: { kind: 'sqlite', file }, migrations }, { isDemo: true });
const statuses = (findings: readonly Finding[]): string[] => findings.map((finding) => finding.status);

it('tells empty from old from right from newer, and changes nothing', async () => {
  const file = join(folder, 'one.db');
  const empty = await check(file);
  expect(statuses(empty)).toEqual(['note']);
  expect(empty[0]?.sentence).toContain('is empty and will be brought to CountersChanged1700000001000');
  expect(existsSync(file)).toBe(false);

  const database = { kind: 'sqlite', file } as const;
  await (await Store.open({ database, entities: [], migrations: first })).close();
  expect((await check(file))[0]?.sentence).toContain('is Counters1700000000000 and will be brought to CountersChanged');
  await (await Store.open({ database, entities: [Counter], migrations: both })).close();
  const before = statSync(file).mtimeMs;
  expect((await check(file))[0]).toMatchObject({ status: 'ok', sentence: expect.stringContaining('at CountersChanged1700000001000') });
  const newer = await check(file, first);
  expect(newer.map((finding) => finding.sentence)).toEqual([expect.stringContaining('was written by a newer program')]);
  expect(statSync(file).mtimeMs).toBe(before);
});

it("says of another part's database that it is another's, and of what is no file that it is none", async () => {
  class OfAnotherPart1700000002000 extends Counters1700000000000 {}
  const file = join(folder, 'anothers.db');
  await (await Store.open({ database: { kind: 'sqlite', file }, entities: [], migrations: first })).close();
  expect((await check(file, [OfAnotherPart1700000002000]))[0]).toMatchObject({
    status: 'fault',
    sentence: expect.stringContaining('was made by another part or program (it has had Counters1700000000000)'),
  });
  const pipe = join(folder, 'pipe.db');
  execFileSync('mkfifo', [pipe]);
  for (const place of [pipe, ':memory:']) {
    expect((await check(place))[0]).toMatchObject({ status: 'fault', sentence: expect.stringContaining('is no file; expected a file') });
  }
});

it('names a folder that is not there, and a file that is no database', async () => {
  expect((await check(join(folder, 'none', 'two.db')))[0]?.sentence).toContain('cannot be written and fsynced (ENOENT)');
  const file = join(folder, 'three.db');
  writeFileSync(file, 'x'.repeat(5_000));
  expect((await check(file))[0]).toMatchObject({ status: 'fault', sentence: expect.stringContaining('cannot be read (SQLITE_NOTADB)') });
});

it('refuses memory as a place to keep a journal, outside a demo', async () => {
  const database = { kind: 'sqlite', file: '/dev/shm/madoguchi-doctor.db' } as const;
  const said = await checkDatabase({ database, migrations: both }, { isDemo: false });
  expect(said[0]).toMatchObject({ status: 'fault', sentence: expect.stringContaining('/dev/shm lies in memory') });
  expect(statuses(await checkDatabase({ database, migrations: both }, { isDemo: true }))).not.toContain('fault');
});

it('names a PostgreSQL that does not answer, without its password', async () => {
  const database = { kind: 'postgresql', url: 'postgresql://user:c4n4ry@127.0.0.1:1/center' } as const;
  const [finding] = await checkDatabase({ database, migrations: both }, { isDemo: false });
  expect(finding).toMatchObject({
    status: 'fault',
    sentence: expect.stringContaining('postgresql://127.0.0.1:1/center cannot be read (ECONNREFUSED)'),
  });
  expect(finding?.sentence).not.toContain('c4n4ry');
});
