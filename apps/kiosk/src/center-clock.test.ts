// The center's time against ours: more than a minute apart is out of service, until they agree again.
import { expect, it } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import { CenterClock } from './center-clock.js';
import { limits } from './limits.js';

function scene() {
  const told = { aheadMs: 0 as number | null, part: 'issuance-center', nowMs: 1_000_000 };
  const logged: string[] = [];
  let asked = 0;
  const note = (code: string): void => void logged.push(code);
  const center = new CenterClock({
    ask: async () => {
      asked += 1;
      return told.aheadMs === null ? err('ECONNREFUSED') : ok({ part: told.part, aheadMs: told.aheadMs });
    },
    clock: { ...systemClock, monotonicMs: () => told.nowMs },
    log: { info: note, warn: note, error: note },
  });
  return { center, told, logged, asked: () => asked };
}

it.each([
  [60_000, null],
  [-60_000, null],
  [60_001, 'clock-apart'],
  [-60_001, 'clock-apart'],
])('a center that is %i ms ahead: %s', async (aheadMs, fault) => {
  const { center, told } = scene();
  told.aheadMs = aheadMs;
  expect(await center.findFault()).toBe(fault);
});

it('is asked at the start and then once a minute, and again and again while the clocks are apart', async () => {
  const { center, told, asked } = scene();
  for (let look = 0; look < 3; look += 1) await center.findFault();
  expect(asked()).toBe(1);
  told.nowMs += limits.clockPauseMs;
  told.aheadMs = 120_000;
  for (let look = 0; look < 3; look += 1) await center.findFault();
  expect(asked()).toBe(4);
});

it('a center that cannot be asked, or another part at its address, changes nothing of what is known', async () => {
  const { center, told } = scene();
  told.aheadMs = null;
  expect(await center.findFault()).toBeNull();
  told.aheadMs = 90_000;
  expect(await center.findFault()).toBe('clock-apart');
  told.aheadMs = null;
  expect(await center.findFault()).toBe('clock-apart');
  told.aheadMs = 0;
  told.part = 'staff';
  expect(await center.findFault()).toBe('clock-apart');
  told.part = 'issuance-center';
  expect(await center.findFault()).toBeNull();
});

it('a visit that was refused for it is believed until the center says otherwise, and the log says both', async () => {
  const { center, told, logged } = scene();
  expect(await center.findFault()).toBeNull();
  told.aheadMs = null;
  center.suspect();
  center.suspect();
  expect(await center.findFault()).toBe('clock-apart');
  told.aheadMs = 1_000;
  expect(await center.findFault()).toBeNull();
  expect(logged).toEqual(['clock-apart', 'clock-agrees']);
});
