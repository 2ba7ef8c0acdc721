// A card that OCSP once said was revoked, when OCSP is away and the list was made before: the
// list says nothing about it, and that nothing is not "good".
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Store } from '#libs/storage/store.js';
import { RevokedCardRow } from '../storage/entities.js';
import { entities, migrations } from '../storage/schema.js';
import type { Card } from '../trial/authority.js';
import { shiomidai, TrialBranch } from '../trial/branch.js';

const minuteMs = 60_000;
const revoked = { status: 422, body: { code: 'certificate-revoked' } };

let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());
beforeEach(async () => {
  branch.authority.ocsp = 'good';
  await listMadeBefore(60 * minuteMs);
  card = await branch.resident(shiomidai);
});

/** The center fetches its list at the start. */
async function listMadeBefore(ageMs: number): Promise<void> {
  branch.authority.listAgeMs = ageMs;
  await branch.stopCenter();
  await branch.startCenter({ crl: { urls: [`${branch.authority.url}/crl`], kinds: ['resident-record'] } });
}

const login = async (): Promise<unknown> => (await branch.open()).logIn(card);

async function toldRevoked(agoMs = 0): Promise<void> {
  branch.aheadMs = -agoMs;
  branch.authority.ocsp = 'revoked';
  expect(await login()).toMatchObject(revoked);
  branch.aheadMs = 0;
}

test('a card seen revoked at the login stays revoked when OCSP falls silent, also after a restart', async () => {
  await toldRevoked();
  branch.authority.ocsp = 'hang-up';
  const before = branch.shiomidai.logins.length;
  expect(await login()).toMatchObject(revoked);
  await listMadeBefore(30 * minuteMs);
  expect(await login()).toMatchObject(revoked);
  expect(branch.shiomidai.logins.length).toBe(before);
  card = await branch.resident(shiomidai);
  expect(await login()).toMatchObject({ status: 200 });
});

test('a card seen revoked at another session’s login gets no certificate in the session that is open', async () => {
  const session = await branch.open();
  expect((await session.logIn(card)).status).toBe(200);
  await toldRevoked();
  branch.authority.ocsp = 'hang-up';
  const before = branch.shiomidai.requests.length;
  expect(await session.ask(card, session.requestStatement())).toMatchObject(revoked);
  expect(branch.shiomidai.requests.length).toBe(before);
});

test('a fresh "good" of OCSP counts: a hold may have been lifted', async () => {
  await toldRevoked();
  branch.authority.ocsp = 'good';
  expect(await login()).toMatchObject({ status: 200 });
});

test('a list made after OCSP said so counts, one made within the tolerance of the clocks does not', async () => {
  await toldRevoked(10 * minuteMs);
  branch.authority.ocsp = 'hang-up';
  await listMadeBefore(9.5 * minuteMs);
  expect(await login()).toMatchObject(revoked);
  await listMadeBefore(8 * minuteMs);
  expect(await login()).toMatchObject({ status: 200 });
});

test('what is remembered names no card: neither the log nor the row holds its serial number', async () => {
  await toldRevoked();
  const database = { kind: 'sqlite' as const, file: join(branch.folder, 'center.sqlite') };
  const store = await Store.open({ database, entities, migrations });
  const rows = await store.read.find(RevokedCardRow);
  await store.close();
  expect(rows.length).toBeGreaterThan(0);
  for (const { tag } of rows) expect(tag).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify([rows, branch.lines]).toUpperCase()).not.toContain(card.serial);
});
