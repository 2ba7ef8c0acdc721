// A card that a register has let go of answers like everybody whom a register excludes; a
// card that nobody ever named is told so. And everything pushed anew takes the place of what
// was there before.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { goToCounter } from '#libs/contract/center.js';
import type { CardLinks } from '#libs/contract/municipality.js';
import { problem } from '#libs/contract/problem.js';
import type { Card } from '../trial/authority.js';
import { aomine, shiomidai, TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

type Link = CardLinks['links'][number];
const word = (card: Card, change: Link['change'], usableFrom = '2026-01-01T00:00:00Z'): Link => ({
  caKeyId: card.caKeyId,
  serial: card.serial,
  change,
  usableFrom,
});
const says = async (card: Card): Promise<string> => {
  const { body } = await (await branch.open()).logIn(card);
  return String(body.municipality ?? body.code);
};

test('unlinked, claimed twice and refused by a register: the same bytes, no sooner than the class of delay', async () => {
  const lost = await branch.resident(shiomidai);
  await branch.link(lost, shiomidai, { links: [word(lost, 'unlinked')] });
  const contested = await branch.resident(aomine, await branch.resident(shiomidai));
  const { detail } = goToCounter;
  for (const card of [lost, contested]) {
    const session = await branch.open();
    const startedMs = performance.now();
    const answer = await session.logIn(card);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(branch.file().limits?.refusalClassMs ?? 0);
    expect(answer.text).toBe(JSON.stringify(problem(goToCounter.status, goToCounter.code, detail)));
  }
  expect(await says(branch.authority.issue())).toBe('card-not-linked');
});

test('usable from tomorrow is said of a new card only, not of one that another register let go', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, '');
  const [fresh, moved] = [branch.authority.issue(), branch.authority.issue()];
  await branch.link(fresh, aomine, { links: [word(fresh, 'linked', tomorrow)] });
  await branch.link(moved, shiomidai, { links: [word(moved, 'unlinked')] });
  await branch.link(moved, aomine, { links: [word(moved, 'linked', tomorrow)] });
  expect([await says(fresh), await says(moved)]).toEqual(['card-not-linked', 'go-to-counter']);
});

test('all links anew, in parts: what no part names is unlinked after the last of them', async () => {
  const [kept, dropped, other] = [await branch.resident(shiomidai), await branch.resident(shiomidai), await branch.resident(aomine)];
  const added = branch.authority.issue();
  const first = { sequence: 100, all: { from: 100, last: false }, links: [word(kept, 'linked')] };
  expect((await branch.link(kept, shiomidai, first)).status).toBe(200);
  expect(await says(dropped)).toBe(shiomidai);
  const last = { sequence: 101, all: { from: 100, last: true }, links: [word(added, 'linked')] };
  expect((await branch.link(kept, shiomidai, last)).status).toBe(200);
  expect([await says(kept), await says(added), await says(dropped), await says(other)]).toEqual([
    shiomidai,
    shiomidai,
    'go-to-counter',
    aomine,
  ]);
});

test('a later part without the first, and changes to what is not there, are refused', async () => {
  const card = branch.authority.issue();
  const part = { sequence: 202, all: { from: 201, last: true }, links: [word(card, 'linked')] };
  expect((await branch.link(card, shiomidai, part)).body).toMatchObject({ code: 'card-links-out-of-order' });
  const empty = await TrialBranch.start();
  try {
    expect((await empty.link(card, shiomidai, { sequence: 7 })).body).toMatchObject({ code: 'card-links-out-of-order' });
    expect((await empty.link(card, shiomidai, { sequence: 7, links: [] })).body).toMatchObject({ sequence: 0 });
    expect((await empty.link(card, shiomidai, { sequence: 7, all: { from: 7, last: true }, links: [] })).status).toBe(200);
    expect((await empty.link(card, shiomidai, { sequence: 0, links: [] })).body).toMatchObject({ sequence: 7 });
  } finally {
    await empty.close();
  }
});

test('with another secret the center knows nothing any more, and says so', async () => {
  const card = await branch.resident(aomine);
  const ask = async (): Promise<number> => (await branch.link(card, aomine, { sequence: 0, links: [] })).body.sequence;
  expect(await ask()).toBeGreaterThan(0);
  await branch.stopCenter();
  await branch.startCenter({ secret: Buffer.alloc(32, 99).toString('base64') });
  expect(await ask()).toBe(0);
  expect((await branch.link(card, aomine)).body).toMatchObject({ code: 'card-links-out-of-order' });
  const all = { sequence: 900, all: { from: 900, last: true }, links: [word(card, 'linked')] };
  expect((await branch.link(card, aomine, all)).status).toBe(200);
  expect(await says(card)).toBe(aomine);
});
