// `npm start` while a branch is open in the same checkout: the second says who has it and ends,
// the first goes on. `npm run dev` begins its branch anew all the same, and what a killed one
// has left stands in nobody's way.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCheckout, type Checkout } from './checkout.js';
import { runNodeIn } from './command.js';

const main = join('dist', 'apps', 'demo', 'src', 'main.js');
const openTimeout = { timeout: 60_000 };

let made: Checkout;
let checkout: string;
/** Where a killed branch leaves what it had. */
let env: Record<string, string>;
const started: ChildProcess[] = [];

beforeAll(() => {
  made = makeCheckout();
  checkout = made.folder;
  env = { TMPDIR: made.temporary };
});
afterAll(async () => {
  await Promise.all(started.map(end));
  made.remove();
});

type Started = { readonly child: ChildProcess; said: string };

function start(file: string): Started {
  const child = spawn(process.execPath, [file], { cwd: checkout, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const seen: Started = { child, said: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (seen.said += chunk.toString('utf8')));
  started.push(child);
  return seen;
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return ended;
}

type Running = { readonly pid: number; readonly url: string };

const branchFile = (): string => readFileSync(join(checkout, 'var', 'demo', 'branch.json'), 'utf8');

/** Resolves when `how` has opened a branch as often as that. */
async function opened(how: Started, times: number): Promise<Running> {
  await expect.poll(() => how.said.match(/^Madoguchi is open: /gm)?.length ?? how.said, openTimeout).toBe(times);
  return JSON.parse(branchFile());
}

it("the second names the first and harms nothing; dev begins anew; a killed one is in nobody's way", async () => {
  const dev = start('.config/dev.mjs');
  const first = await opened(dev, 1);

  const second = await runNodeIn(checkout, [main], env);
  const line = `A demo branch already runs in this checkout (process ${first.pid}, ${first.url}); it was left alone. Close that one first.\n`;
  expect(second).toEqual({ code: 69, stdout: '', stderr: line });
  expect((await fetch(first.url)).status).toBe(200);
  expect(JSON.parse(branchFile())).toEqual(first);
  expect(existsSync(join(checkout, 'var', 'demo', 'kiosk.db'))).toBe(true);

  writeFileSync(join(checkout, 'dist', 'apps', 'changed.js'), '');
  const anew = await opened(dev, 2);
  expect(dev.said).not.toContain('already runs');
  expect(anew.url).toBe(first.url);
  expect(anew.pid).not.toBe(first.pid);

  process.kill(anew.pid, 'SIGKILL');
  await expect.poll(() => dev.said).toContain('The demo branch ended; it starts again with the next change.');
  const third = start(main);
  await opened(third, 1);
  expect(await end(third.child)).toBe(0);
  expect(await end(dev.child)).toBe(0);
}, 240_000);

it('a port that cannot be had is named before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const busy = `PORT=${port}: this port of 127.0.0.1 cannot be had; another program may have it. Leave PORT out for a free one.\n`;
  expect(await runNodeIn(checkout, [main], { ...env, PORT: String(port) })).toEqual({ code: 69, stdout: '', stderr: busy });
  const wrong = 'PORT=eighty: a number from 1 to 65535 was expected.\n';
  expect(await runNodeIn(checkout, [main], { ...env, PORT: 'eighty' })).toEqual({ code: 64, stdout: '', stderr: wrong });
  other.close();
});
