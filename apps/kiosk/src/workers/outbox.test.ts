// A case is somebody's money: it is told until it is taken, whatever stands in between.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock, type Clock } from '#libs/std/clock.js';
import type { LogFields } from '#libs/std/log.js';
import { err, ok } from '#libs/std/result.js';
import { limits } from '../limits.js';
import { openStores, type Stores } from '../parts.js';
import { OutboxForwarder } from './outbox-forwarder.js';
import { openOutbox } from './outbox.js';

let folder: string;
let stores: Stores & { close(): Promise<void> };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-outbox-'));
  stores = await openStores(join(folder, 'kiosk.db'));
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

const put = (id: string, kind: 'outcome' | 'case'): Promise<void> => stores.outbox.put({ id, kind, body: '{}', createdMs: 0 });
const waiting = async (): Promise<string[]> => (await stores.outbox.waiting(['outcome', 'case', 'call'])).map(({ id }) => id);

function forwarding(staff: () => Promise<'taken' | number | null>) {
  let nowMs = 0;
  const clock: Clock = { ...systemClock, monotonicMs: () => nowMs };
  const lines: [string, LogFields | undefined][] = [];
  const log = {
    info: () => undefined,
    warn: () => undefined,
    error: (code: string, fields?: LogFields) => void lines.push([code, fields]),
  };
  const center = { outcome: async () => ok(null) };
  const forwarder = new OutboxForwarder({ outbox: stores.outbox, center, staff: { put: staff }, clock, log });
  const after = (ms: number): Promise<void> => {
    nowMs += ms;
    return forwarder.forwardTo('staff');
  };
  return { lines, after };
}

it.each([403, 404, 408, 429, 500, null])('does not lose a case to an answer of %s', async (status) => {
  let answer: 'taken' | number | null = status;
  await put('a-case', 'case');
  const { after } = forwarding(async () => answer);
  await after(0);
  expect(await waiting()).toEqual(['a-case']);
  answer = 'taken';
  await after(limits.outboxPauseMs.most);
  expect(await waiting()).toEqual([]);
});

it('waits longer after each try, and says so once for many', async () => {
  let tries = 0;
  await put('a-case', 'case');
  const { lines, after } = forwarding(async () => {
    tries += 1;
    return 403;
  });
  for (let seconds = 0; seconds < 60; seconds++) await after(1000);
  expect(tries).toBe(4);
  expect(lines).toEqual([['message-not-taken', { kind: 'case', id: 'a-case', status: 403, attempts: 1 }]]);
});

it('closes only what is there already with another content', async () => {
  await put('a-case', 'case');
  const { lines, after } = forwarding(async () => 409);
  await after(0);
  expect(await waiting()).toEqual([]);
  expect(lines).toEqual([['message-refused', { kind: 'case', id: 'a-case', status: 409 }]]);
});

it('tells the staff while the center swallows every packet', async () => {
  await put('an-outcome', 'outcome');
  await put('a-case', 'case');
  let giveUp: () => void = () => undefined;
  const silent = new Promise<void>((resolve) => (giveUp = resolve));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const outbox = openOutbox({
    stores,
    center: { outcome: () => silent.then(() => err({ code: 'center-unreachable', sentence: null, status: null })) },
    staff: { put: async () => 'taken' },
    clock: systemClock,
    log,
    intervalMs: 20,
  });
  await outbox.wake();
  await expect.poll(waiting).toEqual(['an-outcome']);
  await put('another-case', 'case');
  await expect.poll(waiting).toEqual(['an-outcome']);
  giveUp();
  await outbox.close();
});
