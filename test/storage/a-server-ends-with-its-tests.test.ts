// A PostgreSQL or a Redis that was started for tests goes when they are gone, also when nobody
// could stop it any more: Ctrl-C, or a test runner that was killed.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from '../setup/command.js';

const program = `const servers = await import(process.argv[1]);
const { url } = await servers[process.argv[2]]();
process.stdout.write(url);
setInterval(() => undefined, 1000);`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-servers-'));
  // The user postgres passes through.
  chmodSync(folder, 0o711);
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port: Number(new URL(url).port), host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

it.each(['startPostgres', 'startRedis'])('%s', async (start) => {
  const built = join(root, 'dist/test/world/databases.js');
  const tests = spawn(process.execPath, ['--input-type=module', '-e', program, built, start], { env: { ...process.env, TMPDIR: folder } });
  const url = await new Promise<string>((resolve, reject) => {
    tests.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
    tests.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  expect(await listens(url)).toBe(true);
  tests.kill('SIGKILL');
  await expect.poll(() => listens(url), { timeout: 10_000 }).toBe(false);
});
