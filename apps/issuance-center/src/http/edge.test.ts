import { expect, test } from 'vitest';
import type { Clock } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { refused, refusedToCounter, type Refused } from '../refused.js';
import { withRefusalDelay } from './edge.js';

/** When an answer that took `workMs` leaves, in milliseconds after its call came in. */
async function leavesAt(workMs: number, answer: Result<string, Refused>): Promise<number> {
  let nowMs = 1_000;
  const clock: Clock = {
    nowMs: () => 0,
    monotonicMs: () => nowMs,
    sleep: async (ms) => void (nowMs += ms),
  };
  const result = await withRefusalDelay({ clock, configuration: { limits: { refusalClassMs: 400 } } }, async () => {
    nowMs += workMs;
    return answer;
  });
  expect(result).toBe(answer);
  return nowMs - 1_000;
}

test('a go-to-counter leaves at the next multiple of its class, whatever its cause took', async () => {
  const toCounter = err(refusedToCounter);
  const times = await Promise.all([0.5, 3, 399, 400, 401, 1_190].map((workMs) => leavesAt(workMs, toCounter)));
  expect(times).toEqual([400, 400, 400, 400, 800, 1_200]);
});

test('offers and refusals that no register made are not held back', async () => {
  expect(await leavesAt(3, ok('an offer'))).toBe(3);
  expect(await leavesAt(3, err(refused('card-not-linked')))).toBe(3);
});
