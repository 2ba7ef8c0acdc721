// Bull on a real Redis: what it may lose and what it may not.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Log } from '#libs/std/log.js';
import { openWakeQueue } from '#libs/wake/bull-queue.js';
import { bullWake } from '#libs/wake/bull-wake.js';
import type { Wake } from '#libs/wake/wake.js';
import { freePort, startRedis, type RunningRedis } from '../world/databases.js';

const slowly = 60_000;
let redis: RunningRedis;
let open: Wake[] = [];

beforeEach(async () => {
  redis = await startRedis();
});
afterEach(async () => {
  await Promise.all(open.map((wake) => wake.close()));
  open = [];
  await redis.stop();
});

type Node = { readonly wake: Wake; readonly seen: string[]; readonly codes: string[] };

function node(url: string, slowIntervalMs = slowly): Node {
  const codes: string[] = [];
  const write = (code: string): void => void codes.push(code);
  const log: Log = { info: write, warn: write, error: write };
  const wake = bullWake({ queue: openWakeQueue('madoguchi-test', url), topics: ['outcomes'], log, slowIntervalMs });
  const seen: string[] = [];
  wake.onWake(async (topic) => void seen.push(topic));
  open.push(wake);
  return { wake, seen, codes };
}

describe('two nodes on one Redis', () => {
  test('a call of one is heard by one of them', async () => {
    const one = node(redis.url);
    const other = node(redis.url);
    await one.wake.wake('outcomes');
    await vi.waitFor(() => expect(one.seen.length + other.seen.length).toBe(1));
  });

  test('what is in Redis names a topic and nothing else, and is gone afterwards', async () => {
    const queue = openWakeQueue('madoguchi-test', redis.url);
    await queue.add({ topic: 'outcomes' });
    expect((await queue.getWaiting()).map((job) => job.data)).toEqual([{ topic: 'outcomes' }]);
    const { seen } = node(redis.url);
    await vi.waitFor(() => expect(seen).toEqual(['outcomes']));
    await vi.waitFor(async () => expect(await queue.count()).toBe(0));
    expect(await queue.getCompletedCount()).toBe(0);
    await queue.close();
  });

  test('a job that is none of ours wakes nobody', async () => {
    const { seen, codes } = node(redis.url);
    const queue = openWakeQueue('madoguchi-test', redis.url);
    await queue.add({ topic: 'unknown' });
    await vi.waitFor(() => expect(codes).toContain('wake-job-malformed'));
    expect(seen).toEqual([]);
    await queue.close();
  });
});

describe('a Redis that goes away', () => {
  test('does not stop a call: the own process is woken instead', async () => {
    const { wake, seen, codes } = node(redis.url);
    await wake.wake('outcomes');
    await vi.waitFor(() => expect(seen.length).toBe(1));
    await redis.kill();
    await wake.wake('outcomes');
    await vi.waitFor(() => expect(seen.length).toBe(2), { timeout: 3_000 });
    expect(codes.filter((code) => code === 'redis-lost').length).toBe(1);
  });

  test('and comes back, serves again', async () => {
    const caller = node(redis.url);
    const worker = node(redis.url);
    await redis.kill();
    await redis.restart();
    await vi.waitFor(() => expect(caller.codes).toContain('redis-back'), { timeout: 5_000 });
    for (let calls = 0; calls < 20 && worker.seen.length === 0; calls++) {
      await caller.wake.wake('outcomes');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(worker.seen.length).toBeGreaterThan(0);
  }, 15_000);

  test('is made up for by the slow timer', async () => {
    const { seen } = node(redis.url, 100);
    await redis.kill();
    const before = seen.length;
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(before + 1), { timeout: 2_000 });
  });

  test('was never there: calls still wake the own process, and closing ends', async () => {
    const { wake, seen } = node(`redis://127.0.0.1:${await freePort()}`);
    await wake.wake('outcomes');
    await vi.waitFor(() => expect(seen).toEqual(['outcomes']));
    await wake.close();
    await wake.wake('outcomes');
    expect(seen).toEqual(['outcomes']);
  }, 10_000);
});
