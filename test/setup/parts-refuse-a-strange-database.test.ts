// Every part: a database that a newer program has migrated, or that another part has made, is
// refused with file and key before anything is changed in it (exit 78), as `npm run migrate` does.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrialAuthority } from '../../apps/issuance-center/src/trial/authority.js';
import { runNode, type Ended } from './command.js';
import { filesOf, type Json } from './part-files.js';

const parts = ['kiosk', 'issuance-center', 'municipality', 'staff'];

let folder: string;
let files: Record<string, Json>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-strange-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  const authority = await TrialAuthority.start();
  files = filesOf(authority.certificate, folder);
  await authority.close();
  for (const part of parts) {
    const { code, stderr } = await migrate(part);
    if (code !== 0) throw new Error(stderr);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

const databaseOf = (part: string): string => join(folder, `${part}.db`);

function configure(part: string, file: string): string {
  const path = join(folder, `${part}-${readdirSync(folder).length}.json`);
  // A kiosk has no choice of engine, so its file names none.
  writeFileSync(path, JSON.stringify({ ...files[part], database: part === 'kiosk' ? { file } : { kind: 'sqlite', file } }));
  return path;
}

const migrate = (part: string): Promise<Ended> =>
  runNode('.config/migrate.mjs', ['--part', part, '--config', configure(part, databaseOf(part))]);

async function startOn(part: string, file: string): Promise<Ended & { readonly line: string }> {
  const path = configure(part, file);
  const ended = await runNode(`dist/apps/${part}/src/main.js`, ['--config', path]);
  return { ...ended, line: ended.stderr.trimEnd().replace(`${path}: `, '') };
}

describe.each(parts)('%s', (part) => {
  it('does not start on the database of another part', async () => {
    const other = databaseOf(part === 'staff' ? 'kiosk' : 'staff');
    const before = readFileSync(other);
    const ended = await startOn(part, other);
    expect(ended).toMatchObject({ code: 78, stdout: '' });
    const made = 'a database of this part, or no file yet; another part or program has made this';
    expect(ended.line).toMatch(new RegExp(`^database\\.file = "${other}": ${made} \\(it has had \\w+\\)$`));
    expect(readFileSync(other).equals(before)).toBe(true);
  });

  it('does not start on a database that a newer program has migrated', async () => {
    const file = databaseOf(part);
    const database = new Database(file);
    database.prepare('INSERT INTO migrations (timestamp, name) VALUES (?, ?)').run(9_999_999_999_999, 'FromTheFuture9999999999999');
    database.close();
    const ended = await startOn(part, file);
    expect(ended).toMatchObject({ code: 78, stdout: '' });
    expect(ended.line).toBe(
      `database.file = "${file}": a database no newer than this program; a newer one has migrated this (it has had FromTheFuture9999999999999)`,
    );
  });
});
