// What a municipality says to an outcome, and what becomes of it: a sheet may be out, so hardly
// any "no" is the last word.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { problem } from '#libs/contract/problem.js';
import { limits } from '../limits.js';
import type { Card } from '../trial/authority.js';
import { shiomidai, TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
  card = await branch.resident(shiomidai);
});
afterAll(() => branch.close());
afterEach(() => {
  branch.shiomidai.instead = null;
  branch.shiomidai.unknown.clear();
  passTime(0);
  branch.lines.length = 0;
});

function passTime(ms: number): void {
  branch.aheadMs = ms;
  branch.shiomidai.aheadMs = ms;
}

/** A request that the municipality has prepared, of which the kiosk now says that it is delivered. */
async function told(before: (request: string) => void = () => undefined): Promise<string> {
  const session = await branch.open();
  await session.logIn(card);
  const statement = session.requestStatement();
  const { request } = statement;
  expect((await session.ask(card, statement)).status).toBe(200);
  before(request);
  expect((await session.tell(session.outcome(request))).status).toBe(200);
  return request;
}

const arrived = (request: string): number => branch.shiomidai.outcomes.filter((one) => one.request === request).length;
const lines = (code: string, request: string) => branch.lines.filter((line) => line.code === code && line.fields['request'] === request);
const waits = (request: string) => lines('outcome-waits', request);

test.each([
  [401, 'bad-outcome'],
  [403, 'forbidden'],
  [404, 'no-such-request'],
  [422, 'clock-apart'],
])(
  'a %d is tried again after the longest pause, and said at each try',
  async (status, code) => {
    const request = await told(() => (branch.shiomidai.instead = problem(status, code, 'x')));
    await vi.waitFor(() => expect(waits(request)).toHaveLength(1));
    const fields = { municipality: shiomidai, attempts: 1, pauseMs: limits.outcomeLongestPauseMs, refusal: code, status };
    expect(waits(request)).toMatchObject([{ level: 'warn', fields }]);
    passTime(limits.outcomeLongestPauseMs + 1_000);
    await vi.waitFor(() => expect(waits(request)).toHaveLength(2), { timeout: 5_000 });
    branch.shiomidai.instead = null;
    passTime(2 * limits.outcomeLongestPauseMs + 2_000);
    await vi.waitFor(() => expect(arrived(request)).toBe(1), { timeout: 5_000 });
  },
  20_000,
);

test.each([
  [400, 'malformed-request'],
  [409, 'outcome-conflict'],
])('a %d is the last word, and an engineer is told', async (status, code) => {
  const request = await told(() => (branch.shiomidai.instead = problem(status, code, 'x')));
  await vi.waitFor(() => expect(lines('outcome-refused', request)).toMatchObject([{ level: 'error', fields: { refusal: code, status } }]));
  branch.shiomidai.instead = null;
  passTime(limits.outcomeLongestPauseMs + 1_000);
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(arrived(request)).toBe(0);
});

test('one that is refused for now does not hold up the next', async () => {
  const stuck = await told((request) => void branch.shiomidai.unknown.add(request));
  await vi.waitFor(() => expect(waits(stuck)).toHaveLength(1));
  passTime(limits.outcomeLongestPauseMs + 1_000);
  const next = await told();
  await vi.waitFor(() => expect([waits(stuck).length, arrived(next)]).toEqual([2, 1]), { timeout: 5_000 });
  expect(arrived(stuck)).toBe(0);
});

test('one that was not passed on outlives the time after which rows are erased', async () => {
  const request = await told((one) => void branch.shiomidai.unknown.add(one));
  await vi.waitFor(() => expect(waits(request)).toHaveLength(1));
  await branch.stopCenter();
  passTime(31 * 86_400_000);
  // Erasing comes with the start, and with it the next try.
  await branch.startCenter();
  await vi.waitFor(() => expect(waits(request)).toHaveLength(2), { timeout: 5_000 });
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  branch.shiomidai.unknown.clear();
  passTime(32 * 86_400_000);
  await vi.waitFor(() => expect(arrived(request)).toBe(1), { timeout: 5_000 });
}, 20_000);

test('a clock that was ahead for a moment puts nothing off: what waits longer than the longest pause is due', async () => {
  const request = await told((one) => {
    branch.shiomidai.unknown.add(one);
    passTime(3_600_000);
  });
  await vi.waitFor(() => expect(waits(request)).toHaveLength(1));
  branch.shiomidai.unknown.clear();
  passTime(0);
  await vi.waitFor(() => expect(arrived(request)).toBe(1), { timeout: 5_000 });
});
