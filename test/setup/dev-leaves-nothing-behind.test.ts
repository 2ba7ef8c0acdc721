// `npm run dev` ended by a signal to itself alone, as a service manager or an editor does it:
// nothing that it started goes on, not even what its commands started behind them.
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './command.js';

/** Like tsc's: a program that waits for another one and passes no signal on. Both leave a file with their number. */
const command = (name: string): string => `#!${process.execPath}
const { spawnSync } = require('node:child_process');
const { writeFileSync } = require('node:fs');
writeFileSync('pids/${name}-' + process.pid, '');
spawnSync(process.execPath, ['-e', "require('node:fs').writeFileSync('pids/${name}-' + process.pid, ''); setInterval(() => {}, 1000)"]);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-dev-'));
  for (const inside of ['.config', 'node_modules/.bin', 'dist/apps/demo/src', 'pids']) mkdirSync(join(folder, inside), { recursive: true });
  copyFileSync(join(root, '.config/dev.mjs'), join(folder, '.config/dev.mjs'));
  writeFileSync(join(folder, 'dist/apps/demo/src/main.js'), command('demo'));
  for (const name of ['tsc', 'vite']) {
    writeFileSync(join(folder, 'node_modules/.bin', name), command(name));
    chmodSync(join(folder, 'node_modules/.bin', name), 0o755);
  }
});
afterEach(() => {
  for (const pid of pids().filter(isAlive)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

const pids = (): number[] => readdirSync(join(folder, 'pids')).map((name) => Number(name.split('-')[1]));

/** One that has ended and that nobody has asked for yet counts as ended (proc(5): state Z). */
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
  } catch {
    return false;
  }
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s',
  async (signal) => {
    const dev = spawn(process.execPath, [join(folder, '.config/dev.mjs')], { cwd: folder, stdio: 'ignore' });
    const ended = new Promise((resolve) => dev.once('exit', resolve));
    await expect.poll(() => pids().length, { timeout: 20_000 }).toBe(6);
    expect(pids().filter(isAlive)).toHaveLength(6);
    dev.kill(signal);
    expect(await ended).toBe(0);
    await expect.poll(() => pids().filter(isAlive), { timeout: 5_000 }).toEqual([]);
  },
  40_000,
);
