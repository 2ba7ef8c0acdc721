import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConfigurationFile } from '../configuration.js';
import { shiomidai, TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

/** What a login ends in, with these facts of OCSP in the file. */
async function loginUnder(change: Partial<ConfigurationFile['ocsp']>): Promise<string> {
  await branch.stopCenter();
  branch.lines.length = 0;
  await branch.startCenter({ ocsp: { ...branch.file().ocsp, ...change } });
  const card = await branch.resident(shiomidai);
  const answer = await (await branch.open()).logIn(card);
  const reason = branch.lines.find(({ code }) => code === 'ocsp-answer-not-ours')?.fields['reason'];
  return `${answer.status} ${String(reason ?? answer.body.municipality)}`;
}

test('a responder is judged by the corrected facts of its certificate', async () => {
  expect(await loginUnder({})).toBe(`200 ${shiomidai}`);
  const extensions = { subjectKeyIdentifier: { presence: 'absent' as const } };
  expect(await loginUnder({ responder: { extensions } })).toBe('503 ocsp-responder-extension-not-in-profile');
  expect(await loginUnder({ responder: { nocheck: 'optional' } })).toBe(`200 ${shiomidai}`);
});

test('a certificate is asked about under the hash of the file', async () => {
  expect(await loginUnder({ certIdHash: 'sha256' })).toBe(`200 ${shiomidai}`);
});
