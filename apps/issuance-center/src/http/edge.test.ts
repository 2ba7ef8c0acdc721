import { expect, test } from 'vitest';
import type { Clock } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { refused, refusedToCounter, type Refused } from '../refused.js';
import { withRefusalDelay } from './edge.js';

/** When an answer leaves, in milliseconds after its call came in: of a card that took so long to verify, by a register that took so long. */
async function leavesAt(took: { verifyMs: number | null; workMs: number }, answer: Result<string, Refused>): Promise<number> {
  let nowMs = 1_000;
  const clock: Clock = {
    nowMs: () => 0,
    monotonicMs: () => nowMs,
    sleep: async (ms) => void (nowMs += ms),
  };
  const result = await withRefusalDelay({ clock, configuration: { limits: { refusalClassMs: 400 } } }, async ({ verified }) => {
    nowMs += took.verifyMs ?? 0;
    if (took.verifyMs !== null) verified();
    nowMs += took.workMs;
    return answer;
  });
  expect(result).toBe(answer);
  return nowMs - 1_000;
}
const toCounter = err(refusedToCounter);

test('a go-to-counter leaves at the next multiple of its class, whatever its cause took', async () => {
  const times = await Promise.all([0, 0.5, 3, 399, 400, 401, 1_190].map((workMs) => leavesAt({ verifyMs: null, workMs }, toCounter)));
  expect(times).toEqual([400, 400, 400, 400, 400, 800, 1_200]);
});

test.each([0, 20, 380, 399, 401, 3_000])('a responder that takes %d ms does not part two claims from a register', async (verifyMs) => {
  const times = await Promise.all([2, 150, 390].map((workMs) => leavesAt({ verifyMs, workMs }, toCounter)));
  expect(times).toEqual([verifyMs + 400, verifyMs + 400, verifyMs + 400]);
});

test('offers and refusals that no register made are not held back', async () => {
  expect(await leavesAt({ verifyMs: 1, workMs: 3 }, ok('an offer'))).toBe(4);
  expect(await leavesAt({ verifyMs: 1, workMs: 3 }, err(refused('card-not-linked')))).toBe(4);
});
