// `npm run migrate -- --part NAME --config FILE` on SQLite, from an empty database on.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root, runNode, runNodeIn, type Ended } from './command.js';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-migrate-'));
  file = join(folder, 'staff.json');
  const database = { kind: 'sqlite', file: join(folder, 'staff.db') };
  writeFileSync(file, JSON.stringify({ demo: false, listen: { host: '127.0.0.1', port: 0 }, database, kiosks: ['KSK00001'] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const migrate = (...args: readonly string[]): Promise<Ended> => runNode('.config/migrate.mjs', args);

it('says how it is used', async () => {
  for (const args of [
    ['--part', 'nobody', '--config', file],
    ['--part', 'staff'],
  ]) {
    const ended = await migrate(...args);
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('usage: npm run migrate -- --part kiosk|issuance-center|municipality|staff --config FILE');
  }
});

it('brings an empty database to the newest version, once, and leaves a newer one alone', async () => {
  const first = await migrate('--part', 'staff', '--config', file);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^staff: from an empty database to \w+ \(\w+(, \w+)*\), (\d+) of \2 migrations\.\n$/);

  const second = await migrate('--part', 'staff', '--config', file);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).toContain('nothing to do');

  const database = new Database(join(folder, 'staff.db'));
  database.prepare('INSERT INTO migrations (timestamp, name) VALUES (?, ?)').run(9_999_999_999_999, 'FromTheFuture9999999999999');
  database.close();
  const third = await migrate('--part', 'staff', '--config', file);
  expect(third.code).toBe(1);
  expect(third.stderr).toContain('written by a newer program (it has had FromTheFuture9999999999999)');
});

it('leaves the database of another part alone', async () => {
  const made = new Database(join(folder, 'other.db'));
  made.exec(`CREATE TABLE migrations (id integer PRIMARY KEY, timestamp bigint, name varchar)`);
  made.prepare('INSERT INTO migrations (timestamp, name) VALUES (?, ?)').run(1, 'SomebodyElse1');
  made.close();
  const database = { kind: 'sqlite', file: join(folder, 'other.db') };
  const other = join(folder, 'others.json');
  writeFileSync(other, JSON.stringify({ demo: false, listen: { host: '127.0.0.1', port: 0 }, database, kiosks: ['KSK00001'] }));
  const ended = await migrate('--part', 'staff', '--config', other);
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toBe('staff: this database was made by another part or program (it has had SomebodyElse1); nothing was changed.\n');
});

it('without arguments, brings on what the demo has left, or says that there is nothing', async () => {
  const bare = (): Promise<Ended> => runNodeIn(folder, [join(root, '.config', 'migrate.mjs')]);
  const nothing = await bare();
  expect(nothing).toMatchObject({ code: 0, stderr: '' });
  expect(nothing.stdout).toBe(
    `There is nothing to migrate: ${join(folder, 'var', 'demo')} holds no database. For a database elsewhere: npm run migrate -- --part kiosk|issuance-center|municipality|staff --config FILE\n`,
  );
  const demo = join(folder, 'var', 'demo');
  mkdirSync(demo, { recursive: true });
  const database = { kind: 'sqlite', file: join(demo, 'staff.db') };
  writeFileSync(
    join(demo, 'staff.json'),
    JSON.stringify({ demo: true, listen: { host: '127.0.0.1', port: 0 }, database, kiosks: ['KSK00001'] }),
  );
  writeFileSync(join(demo, 'register-991015.json'), '{}');
  expect((await bare()).stdout).toContain('There is nothing to migrate');
  writeFileSync(database.file, '');
  const first = await bare();
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^staff: from an empty database to \w+ .*\n$/);
  expect((await bare()).stdout).toMatch(/^staff: already at .*\n$/);
  writeFileSync(join(demo, 'kiosk.json'), '{}');
  writeFileSync(join(demo, 'kiosk.db'), '');
  const both = await bare();
  expect(both.code).toBe(78);
  expect(both.stdout).toContain('staff: already at');
  expect(both.stderr).toContain('kiosk.json: demo = (missing)');
}, 20_000);

it('names what is wrong with the file, and what cannot be read', async () => {
  const broken = join(folder, 'broken.json');
  writeFileSync(broken, '{}');
  const faults = await migrate('--part', 'staff', '--config', broken);
  expect(faults.code).toBe(78);
  expect(faults.stderr).toContain(`${broken}: database = (missing)`);

  const database = { kind: 'sqlite', file: broken };
  const other = join(folder, 'other.json');
  writeFileSync(other, JSON.stringify({ demo: false, listen: { host: '127.0.0.1', port: 0 }, database, kiosks: ['KSK00001'] }));
  const unreadable = await migrate('--part', 'staff', '--config', other);
  expect(unreadable.code).toBe(1);
  expect(unreadable.stderr).toMatch(/^staff: the database cannot be read \([A-Z_a-z ]+\)/);

  const nowhere = join(folder, 'nowhere', 'staff.db');
  for (const [name, expected] of [
    [':memory:', 'a file: what a part keeps in memory is gone with it'],
    [nowhere, 'a file in a folder that exists'],
  ] as const) {
    const configuration = { demo: false, listen: { host: '127.0.0.1', port: 0 }, database: { kind: 'sqlite', file: name } };
    writeFileSync(other, JSON.stringify({ ...configuration, kiosks: ['KSK00001'] }));
    const unnamed = await migrate('--part', 'staff', '--config', other);
    expect(unnamed).toMatchObject({ code: 78, stdout: '', stderr: `${other}: database.file = "${name}": ${expected}\n` });
  }
}, 20_000);
