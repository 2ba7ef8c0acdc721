import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultCrlPolicy } from '#libs/pki/crl.js';
import { systemClock } from '#libs/std/clock.js';
import { Store } from '#libs/storage/store.js';
import type { Configuration } from '../configuration.js';
import { adjustableLimits, limits } from '../limits.js';
import { deleteOldRows } from '../workers/retention-worker.js';
import { findRevoked, rememberRevoked } from './revoked-cards.js';
import { entities, migrations } from './schema.js';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-revoked-'));
  store = await Store.open({ database: { kind: 'sqlite', file: join(folder, 'center.sqlite') }, entities, migrations });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const tag = 'a'.repeat(64);
const told = (toldMs: number): Promise<void> => store.write((t) => rememberRevoked(t, { tag, toldMs }));

test('told again, at once or late, is remembered once, with the latest moment', async () => {
  expect(await findRevoked(store.read, tag)).toBeNull();
  await Promise.all([told(20), told(30), told(10)]);
  await told(25);
  expect(await findRevoked(store.read, tag)).toBe(30);
});

test('it is forgotten when no list counts any more that was made before', async () => {
  expect(limits.revokedCardKeptMs).toBeGreaterThan(defaultCrlPolicy.maxAgeMs + defaultCrlPolicy.skewMs);
  const nowMs = Date.parse('2026-06-16T01:00:00Z');
  const clock = { ...systemClock, nowMs: () => nowMs };
  // The shortest retention of sessions takes nothing of this away.
  const configuration = { limits: adjustableLimits.parse({ retentionMs: 60_000 }) } as Configuration;
  await told(nowMs - limits.revokedCardKeptMs);
  await deleteOldRows({ clock, configuration, store });
  expect(await findRevoked(store.read, tag)).not.toBeNull();
  const later = { ...clock, nowMs: () => nowMs + 1 };
  await deleteOldRows({ clock: later, configuration, store });
  expect(await findRevoked(store.read, tag)).toBeNull();
});
