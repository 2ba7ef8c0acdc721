// What never reaches a route of ours, through a real server: each answer is a problem of ours.
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { malformedBody } from '#libs/contract/edge.js';
import { problem, problemContentType } from '#libs/contract/problem.js';
import { TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

/** The bytes as written, and all that comes back until the line is closed. */
async function exchange(written: string): Promise<string> {
  const { port } = new URL(branch.http.get('/').url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(written);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

test.each([
  ['a URL that is none', '/v1/sessions/%E0%A4%A/login'],
  ['a parameter of 500 characters', `/v1/sessions/${'a'.repeat(500)}/login`],
  ['a parameter that is no session', '/v1/sessions/1/login'],
])('%s', async (_name, path) => {
  const answer = await branch.http.post(path).send({});
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
    400,
    `${problemContentType}; charset=utf-8`,
    JSON.stringify(malformedBody().problem),
  ]);
});

test('a path that leads nowhere', async () => {
  const answer = await branch.http.get('/v1/nowhere');
  expect(answer.body).toEqual(problem(404, 'no-such-resource', 'お探しのものは見つかりませんでした。'));
});

test('bytes that are no HTTP', async () => {
  const answer = await exchange('\x16\x03\x01 secret-of-somebody\r\n\r\n');
  expect(answer).toContain(problemContentType);
  expect(answer.split('\r\n\r\n')[1]).toBe(JSON.stringify(malformedBody().problem));
});
