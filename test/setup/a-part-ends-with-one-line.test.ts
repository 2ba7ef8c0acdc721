// A part as a process: it ends with one line, whatever brought it down, and with its parent.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parentVariable } from '#libs/contract/part.js';

const part = fileURLToPath(new URL('../../dist/libs/contract/part.js', import.meta.url));

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-part-'));
  file = join(folder, 'part.json');
  writeFileSync(file, '{ "port": 1 }');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** `start` as the source of a function. */
function program(start: string): string {
  const main = join(folder, `main-${Math.random()}.mjs`);
  writeFileSync(
    main,
    `import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
     import { runPart } from ${JSON.stringify(part)};
     const keep = setInterval(() => undefined, 1000);
     await runPart({ name: 'kiosk', schema: z.object({ port: z.int() }), start: ${start} });`,
  );
  return main;
}

it.each([
  { what: 'a rejection that nobody handles', act: `Promise.reject(new TypeError('山田太郎'))`, code: 'unhandled-rejection' },
  { what: 'an exception that nobody handles', act: `setImmediate(() => { throw new TypeError('山田太郎'); })`, code: 'uncaught-exception' },
])('says $what as a code, without stack or value, and ends with 70', ({ act, code }) => {
  const main = program(`async () => { setTimeout(() => ${act}, 50); return { ready: 'x', close: async () => undefined }; }`);
  const ended = spawnSync(process.execPath, [main, '--config', file], { encoding: 'utf8' });
  expect(ended.status).toBe(70);
  expect(JSON.parse(ended.stderr)).toMatchObject({ code, cause: 'TypeError' });
  expect(ended.stderr).not.toMatch(/山田|    at /);
});

it.each([
  { isPassing: 'true', status: 69 },
  { isPassing: 'undefined', status: 78 },
])('ends with $status for a start fault (passing: $isPassing)', ({ isPassing, status }) => {
  const main = program(`async () => ({ ok: false, error: [{ key: 'port', expected: 'a free port', isPassing: ${isPassing} }] })`);
  const ended = spawnSync(process.execPath, [main, '--config', file], { encoding: 'utf8' });
  expect(ended).toMatchObject({ status, stderr: `${file}: port = 1: a free port\n` });
});

const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

it('ends when its parent is gone, if it was started to', async () => {
  const main = program(`async () => ({ ready: 'x', close: async () => { process.stderr.write('closed'); } })`);
  const child = spawn(process.execPath, [main, '--config', file], { env: { ...process.env, [parentVariable]: '1' } });
  const exit = exitOf(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdin.destroy();
  expect(await exit).toBe(0);
});

it('does not care for its standard input otherwise', async () => {
  const main = program(`async () => ({ ready: 'x', close: async () => undefined })`);
  const child = spawn(process.execPath, [main, '--config', file]);
  const exit = exitOf(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdin.destroy();
  const early = await Promise.race([exit, new Promise((resolve) => setTimeout(() => resolve('runs'), 300))]);
  expect(early).toBe('runs');
  child.kill('SIGTERM');
  expect(await exit).toBe(0);
});
