import { expect, test } from 'vitest';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { limits } from './limits.js';
import { WriteProbe } from './write-probe.js';

function asking(write: () => Promise<unknown>) {
  let nowMs = 0;
  let writes = 0;
  const clock: Clock = { ...systemClock, monotonicMs: () => nowMs };
  const probe = new WriteProbe(async () => {
    writes += 1;
    return write();
  }, clock);
  return {
    askAfter: (ms: number): Promise<boolean> => {
      nowMs += ms;
      return probe.ask();
    },
    writes: () => writes,
  };
}

test('says whether the write went through, and asks anew when it may be otherwise', async () => {
  let isFull = false;
  const { askAfter } = asking(async () => {
    if (isFull) throw new Error('disk full');
  });
  expect(await askAfter(0)).toBe(true);
  isFull = true;
  expect(await askAfter(limits.writeProbeEveryMs)).toBe(false);
  isFull = false;
  expect(await askAfter(limits.writeProbeEveryMs)).toBe(true);
});

test('writes once, however many ask', async () => {
  const { askAfter, writes } = asking(async () => undefined);
  await Promise.all(Array.from({ length: 1_000 }, () => askAfter(0)));
  await askAfter(limits.writeProbeEveryMs - 1);
  expect(writes()).toBe(1);
});

test('a database that says nothing takes nothing', async () => {
  const { askAfter } = asking(() => new Promise(() => undefined));
  expect(await askAfter(0)).toBe(false);
});
