// `npm run migrate -- --part NAME --config FILE` on SQLite, from an empty database on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runNode, type Ended } from './command.js';

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
  for (const args of [[], ['--part', 'nobody', '--config', file], ['--part', 'staff']]) {
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
}, 20_000);
