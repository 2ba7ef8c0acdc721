import { afterAll, beforeAll, expect, test } from 'vitest';
import { TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

test('a card that is refused leaves one line: its code is its own, and what was wrong stands beside it', async () => {
  const session = await branch.open();
  await session.logIn(branch.authority.issue(Date.now() - 86_400_000));
  const lines = branch.lines.filter(({ code }) => code === 'card-refused');
  expect(lines.map(({ fields }) => fields)).toMatchObject([{ refusal: 'certificate-expired', subIndication: 'EXPIRED' }]);
  expect(lines[0]?.fields).not.toHaveProperty('code');
});
