import { mkdtempSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeSoleOwnership } from './sole-owner.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-owner-'));
  file = join(folder, 'kiosk.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lets nobody else in until the owner goes', async () => {
  const first = await takeSoleOwnership(file);
  expect(await takeSoleOwnership(file)).toEqual({ ok: false, error: { code: 'in-use' } });
  if (first.ok) await first.value.release();
  const second = await takeSoleOwnership(file);
  expect(second.ok).toBe(true);
  if (second.ok) await second.value.release();
});

it('is not held by an owner that was killed', async () => {
  const dying = `const lock = new (require('better-sqlite3'))(process.argv[1]); lock.exec('BEGIN EXCLUSIVE'); process.kill(process.pid, 'SIGKILL');`;
  expect(spawnSync(process.execPath, ['-e', dying, `${file}.lock`]).signal).toBe('SIGKILL');
  const owner = await takeSoleOwnership(file);
  expect(owner.ok).toBe(true);
  if (owner.ok) await owner.value.release();
});
