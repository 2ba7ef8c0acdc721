import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inUse, takeDemoFolder } from './demo-folder.js';

let checkout: string;
let folder: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'madoguchi-demo-folder-'));
  folder = join(checkout, 'var', 'demo');
});
afterEach(() => rmSync(checkout, { recursive: true }));

it('gives the folder to one, empty, and says to all others who has it', async () => {
  const first = await takeDemoFolder(folder);
  expect(first).toMatchObject({ ok: true, value: { folder } });
  writeFileSync(join(folder, 'kiosk.db'), '');
  expect(await takeDemoFolder(folder)).toEqual({ ok: false, error: { pid: process.pid } });
  if (first.ok) first.value.sayWhere('http://127.0.0.1:1234');
  expect(await takeDemoFolder(folder)).toEqual({ ok: false, error: { pid: process.pid, url: 'http://127.0.0.1:1234' } });
  expect(existsSync(join(folder, 'kiosk.db'))).toBe(true);
  if (first.ok) await first.value.release();
  const next = await takeDemoFolder(folder);
  expect(next.ok).toBe(true);
  expect(readdirSync(folder)).toEqual(['branch.json']);
  if (next.ok) await next.value.release();
});

const built = fileURLToPath(new URL('../../../dist/apps/demo/src/demo-folder.js', import.meta.url));
const taking = `const { takeDemoFolder } = await import(process.argv[1]);
const taken = await takeDemoFolder(process.argv[2]);
if (!taken.ok) process.exit(69);
process.stdout.write('has it');
setInterval(() => undefined, 1000);`;

it('gives it to one of many that come at once, and to the next when that one was killed', async () => {
  const come = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '-e', taking, built, folder]));
  const outcomes = come.map(
    (child) =>
      new Promise<number | 'has it' | null>((resolve) => {
        child.stdout.once('data', () => resolve('has it'));
        child.once('exit', resolve);
      }),
  );
  const said = await Promise.all(outcomes);
  expect(said.filter((outcome) => outcome === 69)).toHaveLength(3);
  const owner = come[said.indexOf('has it')];
  const gone = new Promise((resolve) => owner?.once('exit', resolve));
  owner?.kill('SIGKILL');
  await gone;
  writeFileSync(join(folder, 'kiosk.db'), '');
  const next = await takeDemoFolder(folder);
  expect(next.ok).toBe(true);
  expect(readdirSync(folder)).toEqual(['branch.json']);
  if (next.ok) await next.value.release();
}, 30_000);

it('names who has it as far as that is known', () => {
  expect(inUse({ pid: 7, url: 'http://127.0.0.1:1' })).toContain('(process 7, http://127.0.0.1:1)');
  expect(inUse({ pid: 7 })).toContain('(process 7, still starting)');
  expect(inUse(null)).toContain('already runs in this checkout; it was left alone');
});
