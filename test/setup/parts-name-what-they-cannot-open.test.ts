// Every part: what its file names and cannot be had is said like a fault of the file itself
// (file, key, value, what was expected): exit 78, or 69 where waiting may help.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../world/databases.js';
import { root, runNode, type Ended } from './command.js';
import { openPartFolder, type Json, type PartFolder } from './part-files.js';

let parts: PartFolder;
let folder: string;
let files: Record<string, Json>;
beforeAll(async () => {
  parts = await openPartFolder();
  ({ folder, files } = parts);
  mkdirSync(join(folder, 'drawer'));
});
afterAll(() => parts.close());

const mainOf = (part: string): string => `dist/apps/${part}/src/main.js`;
const sqlite = (name: string): Json => ({ kind: 'sqlite', file: join(folder, name) });

function write(part: string, change: Json): string {
  const file = join(folder, `${part}-${readdirSync(folder).length}.json`);
  const whole: Json = { ...files[part], database: sqlite(`${part}.db`), ...change };
  // A kiosk has no choice of engine, so its file names none.
  if (part === 'kiosk') whole['database'] = { file: (whole['database'] as { file: string }).file };
  writeFileSync(file, JSON.stringify(whole));
  return file;
}

async function startWith(part: string, change: Json): Promise<Ended & { readonly line: string }> {
  const file = write(part, change);
  const ended = await runNode(mainOf(part), ['--config', file]);
  return { ...ended, line: (ended.stderr.trimEnd().split('\n').at(-1) ?? '').replace(`${file}: `, '') };
}

describe.each(['kiosk', 'issuance-center', 'municipality', 'staff'])('%s', (part) => {
  it('names a database that is none, and one in no folder, which it does not make', async () => {
    const [letter, drawer, nowhere] = await Promise.all(
      ['letter.txt', 'drawer', join('nowhere', 'part.db')].map((name) => startWith(part, { database: sqlite(name) })),
    );
    expect(letter).toMatchObject({ code: 78, stdout: '' });
    expect(letter?.line).toMatch(/^database\.file = ".*letter\.txt": a SQLite database of this part, or no file yet \(SQLITE_NOTADB\)$/);
    expect(drawer).toMatchObject({ code: 78, stdout: '' });
    expect(drawer?.line).toMatch(/^database\.file = ".*drawer": a file that this user may write \(SQLITE_CANTOPEN\w*\)$/);
    expect(nowhere).toMatchObject({ code: 78, stdout: '' });
    expect(nowhere?.line).toMatch(/^database\.file = ".*part\.db": a file in a folder that exists$/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('names a database file that is no file', async () => {
    const line = async (file: string): Promise<unknown> => {
      const ended = await startWith(part, { database: { kind: 'sqlite', file } });
      return { code: ended.code, stdout: ended.stdout, line: ended.line };
    };
    const said = (line: string): unknown => ({ code: 78, stdout: '', line });
    const noName = 'the name of a file: not empty, and no NUL in it';
    expect(await line(':memory:')).toEqual(said('database.file = ":memory:": a file: what a part keeps in memory is gone with it'));
    expect(await line('/dev/null')).toEqual(said('database.file = "/dev/null": a file, or none yet: this is a device, a pipe or a socket'));
    expect(await line('part\0.db')).toEqual(said(`database.file = "part\\u0000.db": ${noName}`));
    expect(await line('')).toMatchObject({ code: 78, line: expect.stringMatching(/^database\.file = "": \w/) });
  });

  it('names a port that somebody has, which may pass, and an address of another machine, which does not', async () => {
    const { portInUse: port } = parts;
    const inUse = await startWith(part, { listen: { host: '127.0.0.1', port } });
    expect(inUse).toMatchObject({ code: 69, line: `listen.port = ${port}: a port on which nobody else listens (EADDRINUSE)` });
    const elsewhere = await startWith(part, { listen: { host: '192.0.2.1', port: 0 } });
    expect(elsewhere).toMatchObject({ code: 78, line: 'listen.host = "192.0.2.1": an address of this machine (EADDRNOTAVAIL)' });
  });

  it('makes a database that no other user can read', async () => {
    const child = spawn(process.execPath, [mainOf(part), '--config', write(part, { database: sqlite(`${part}-own.db`) })], { cwd: root });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const made = readdirSync(folder).filter((name) => name.startsWith(`${part}-own.db`));
    const modes = made.map((name) => statSync(join(folder, name)).mode & 0o077);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(made).toContain(`${part}-own.db`);
    expect(modes.every((mode) => mode === 0)).toBe(true);
  });
});

it.each(['issuance-center', 'municipality', 'staff'])('%s waits for a PostgreSQL that does not answer', async (part) => {
  const port = await freePort();
  const database = { kind: 'postgresql', url: `postgresql://madoguchi:C4N4RY@127.0.0.1:${port}/madoguchi` };
  const { code, line } = await startWith(part, { database });
  const shown = `database.url = "postgresql://(not shown)@127.0.0.1:${port}/madoguchi"`;
  expect({ code, line }).toEqual({ code: 69, line: `${shown}: a PostgreSQL that answers (ECONNREFUSED)` });
});

it('names the port of the management too', async () => {
  const { portInUse: port } = parts;
  const inUse = await startWith('municipality', { management: { port } });
  expect(inUse).toMatchObject({ code: 69, line: `management.port = ${port}: a port on which nobody else listens (EADDRINUSE)` });
});

describe.each([
  { part: 'jpki-sim', more: {} },
  { part: 'bank-sim', more: { bdk: '0123456789ABCDEFFEDCBA9876543210' } },
])('$part', ({ part, more }) => {
  it.each(['listen', 'management'])('names a port of %s that somebody has', async (key) => {
    const { portInUse: port } = parts;
    const free = { host: '127.0.0.1', port: 0 };
    const file = join(folder, `${part}-${key}.json`);
    writeFileSync(file, JSON.stringify({ demo: true, listen: free, management: free, ...more, [key]: { host: '127.0.0.1', port } }));
    const ended = await runNode(mainOf(part), ['--config', file]);
    expect(ended).toEqual({
      code: 69,
      stdout: '',
      stderr: `${file}: ${key}.port = ${port}: a port on which nobody else listens (EADDRINUSE)\n`,
    });
  });
});
