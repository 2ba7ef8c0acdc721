import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeStatement, type CardIdentity } from '#libs/pki/statement.js';
import { readTrustAnchors, type TrustAnchors } from '#libs/pki/trust-list.js';
import { assert } from '#libs/std/assert.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { TrialAuthority, type Card } from '../trial/authority.js';
import { CrlShelf } from './crl-shelf.js';

const hourMs = 3_600_000;
/** Nothing is fetched behind the back of a test: each `open` is one round. */
const clock: Clock = {
  ...systemClock,
  sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
};
const codes: string[] = [];
const log = { info: () => undefined, warn: (code: string) => void codes.push(code), error: (code: string) => void codes.push(code) };

let authority: TrialAuthority;
let anchors: TrustAnchors;
let card: Card;
beforeAll(async () => {
  authority = await TrialAuthority.start();
  const read = readTrustAnchors([Buffer.from(authority.certificate, 'base64')]);
  assert(read.ok, 'the trial authority is an anchor');
  anchors = read.value;
  card = authority.issue();
});
afterAll(() => authority.close());

function identityOf({ certificate, sign }: Card): CardIdentity {
  const statement = Buffer.from('{}');
  const judged = judgeStatement({ statement, signature: sign('{}'), certificate, anchors, atMs: Date.now() });
  assert(judged.ok, 'a card of the trial authority');
  return judged.value;
}

async function round(shelf: CrlShelf, listed: readonly string[], listAgeMs: number): Promise<string> {
  authority.listed.splice(0, authority.listed.length, ...listed);
  authority.listAgeMs = listAgeMs;
  await shelf.open();
  const judged = shelf.judge(identityOf(card), 'resident-record', Date.now());
  return judged.ok ? 'good' : judged.error.code;
}

test('an older list, rightly signed, never takes back what a newer one has said; a newer one replaces it', async () => {
  const crl = { urls: [`${authority.url}/crl`], kinds: ['resident-record' as const], refreshMs: 1_000 };
  const shelf = new CrlShelf({ crl, anchors, clock, log });
  expect(await round(shelf, [], 5 * hourMs)).toBe('good');
  expect(await round(shelf, [card.serial], hourMs)).toBe('certificate-revoked');
  expect(codes).toEqual([]);
  expect(await round(shelf, [], 4 * hourMs)).toBe('certificate-revoked');
  expect(codes).toEqual(['crl-older-than-ours']);
  expect(await round(shelf, [], hourMs / 2)).toBe('good');
  shelf.close();
});
