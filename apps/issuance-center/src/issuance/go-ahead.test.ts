// Step 12, the question before the charge: passed on to the municipality of the request, and its answer passed back unread.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { goToCounter } from '#libs/contract/center.js';
import { problem } from '#libs/contract/problem.js';
import { canonicalJson, type RequestStatement } from '#libs/contract/statements.js';
import type { Card } from '../trial/authority.js';
import { shiomidai, TrialBranch, type TrialSession } from '../trial/branch.js';

let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
  card = await branch.resident(shiomidai);
});
afterAll(() => branch.close());
afterEach(() => {
  branch.aheadMs = 0;
  branch.shiomidai.instead = null;
  branch.shiomidai.delayMs = 0;
  branch.shiomidai.meanwhile = null;
});

type Prepared = { readonly session: TrialSession; readonly statement: RequestStatement };
type Body = { readonly question: string; readonly statement: string };

async function prepared(): Promise<Prepared> {
  const session = await branch.open();
  expect((await session.logIn(card)).status).toBe(200);
  const statement = session.requestStatement();
  expect((await session.ask(card, statement)).status).toBe(200);
  return { session, statement };
}

const question = (statement: object): Body => ({ question: randomUUID(), statement: canonicalJson(statement) });

test('reaches the municipality with the signed words, as often as it is asked', async () => {
  const { session, statement } = await prepared();
  const asked = [question(statement), question(statement)];
  for (const body of asked) {
    const answer = await session.post('go-ahead', body);
    expect([answer.status, Object.keys(answer.body).toSorted()]).toEqual([200, ['goAhead', 'time']]);
  }
  expect(branch.shiomidai.goAheads.slice(-2)).toEqual(asked.map((body) => ({ ...body, request: statement.request })));
});

test('of a stranger, before the request, about other words or after an abort is not passed on', async () => {
  const { session, statement } = await prepared();
  const before = branch.shiomidai.goAheads.length;
  const stranger = await session.post('go-ahead', question(statement), 'x'.repeat(43));
  expect(stranger.body).toMatchObject({ status: 401, code: 'session-unknown' });
  const others = await session.post('go-ahead', question({ ...statement, copies: 2 }));
  expect(others.body).toMatchObject({ status: 404, code: 'request-unknown' });
  const early = await branch.open();
  await early.logIn(card);
  expect((await early.post('go-ahead', question(early.requestStatement()))).body.code).toBe('request-unknown');
  await session.post('abort', { reason: 'stopped' });
  expect((await session.post('go-ahead', question(statement))).body.code).toBe('session-ended');
  expect(branch.shiomidai.goAheads.length).toBe(before);
});

test('is fenced: who gave the session up meanwhile hears of no go-ahead', async () => {
  const { session, statement } = await prepared();
  branch.shiomidai.meanwhile = async () => session.post('abort', { reason: 'stopped' });
  expect((await session.post('go-ahead', question(statement))).body).toMatchObject({ status: 409, code: 'superseded' });
});

test('is refused in the words that a municipality may say, and in one for everything else', async () => {
  const { session, statement } = await prepared();
  const ask = async (): Promise<unknown> => (await session.post('go-ahead', question(statement))).body;
  branch.shiomidai.instead = problem(goToCounter.status, goToCounter.code, 'anything');
  expect(await ask()).toEqual(problem(goToCounter.status, goToCounter.code, goToCounter.detail));
  for (const code of ['no-such-request', 'no-register', 'moved-away']) {
    branch.shiomidai.instead = problem(404, code, 'anything');
    expect(await ask()).toMatchObject({ status: 502, code: 'municipality-unreachable' });
  }
  branch.shiomidai.instead = null;
  branch.shiomidai.delayMs = 1_000;
  expect(await ask()).toMatchObject({ status: 502, code: 'municipality-unreachable' });
});

test('is passed on for as long as the copies may be charged for, however long ago the session was opened', async () => {
  const { session, statement } = await prepared();
  branch.aheadMs = 59 * 60_000;
  // The municipality's clock stays: it is too far away to be believed, but it was asked.
  expect((await session.post('go-ahead', question(statement))).body.code).toBe('municipality-unreachable');
  branch.aheadMs = 61 * 60_000;
  expect((await session.post('go-ahead', question(statement))).body.code).toBe('session-expired');
});
