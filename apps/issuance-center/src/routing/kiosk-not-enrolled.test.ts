// A kiosk that the center knows and a municipality does not: said to the citizen before anything is chosen, in a
// sentence that sends to the staff, and to an engineer in the log.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problem } from '#libs/contract/problem.js';
import { shiomidai, TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

test('the word of the municipality is passed on, and the session is over', async () => {
  const card = await branch.resident(shiomidai);
  const theirs = problem(401, 'kiosk-unknown', 'この端末は、この市区町村に登録されていません。係員にお知らせください。');
  branch.shiomidai.instead = theirs;
  const session = await branch.open();
  expect((await session.logIn(card)).body).toEqual(theirs);
  const fields = { municipality: shiomidai, status: 401, refusal: 'kiosk-unknown' };
  expect(branch.lines).toContainEqual({ level: 'error', code: 'municipality-refused', fields });
  branch.shiomidai.instead = null;
  expect((await session.ask(card, session.requestStatement())).body).toMatchObject({ code: 'not-logged-in' });
});
