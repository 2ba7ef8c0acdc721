import { afterAll, beforeAll, expect, test } from 'vitest';
import { sign } from '#libs/contract/sealed.js';
import { aomine, newKey, shiomidai, TrialBranch } from '../trial/branch.js';

let branch: TrialBranch;
beforeAll(async () => {
  branch = await TrialBranch.start();
});
afterAll(() => branch.close());

const usable = '2026-01-01T00:00:00Z';
const login = async (card: Parameters<TrialBranch['link']>[0]): Promise<string> => {
  const { body } = await (await branch.open()).logIn(card);
  return String(body.municipality ?? body.code);
};

test('pushes are taken in order: again yes, older no, the same number with other content no', async () => {
  const card = branch.authority.issue();
  const push = { sequence: 10, usableFrom: usable };
  await branch.link(branch.authority.issue(), shiomidai);
  expect((await branch.link(card, shiomidai, push)).body).toMatchObject({ sequence: 10 });
  expect((await branch.link(card, shiomidai, push)).status).toBe(200);
  expect((await branch.link(card, shiomidai, { ...push, sequence: 9 })).body).toMatchObject({
    code: 'card-links-out-of-order',
    status: 409,
  });
  const other = await branch.link(branch.authority.issue(), shiomidai, push);
  expect(other.body).toMatchObject({ code: 'card-links-out-of-order', status: 409 });
});

test('what is unlinked has no claim at once, and the last word within one push counts', async () => {
  const card = branch.authority.issue();
  const { caKeyId, serial } = card;
  const linked = { caKeyId, serial, change: 'linked' as const, usableFrom: usable };
  const unlinked = { ...linked, change: 'unlinked' as const };
  await branch.link(card, shiomidai, { sequence: 20, links: [unlinked, linked] });
  expect(await login(card)).toBe(shiomidai);
  await branch.link(card, shiomidai, { sequence: 21, links: [linked, unlinked] });
  expect(await login(card)).toBe('go-to-counter');
});

test('a move: the new municipality’s claim counts when the old one has let go', async () => {
  const card = branch.authority.issue();
  await branch.link(card, shiomidai, { sequence: 30 });
  await branch.link(card, aomine);
  expect(await login(card)).toBe('go-to-counter');
  const link = { caKeyId: card.caKeyId, serial: card.serial, change: 'unlinked' as const, usableFrom: usable };
  await branch.link(card, shiomidai, { sequence: 31, links: [link] });
  expect(await login(card)).toBe(aomine);
});

test('a municipality speaks for itself only, with its own key and a right clock', async () => {
  const put = async (code: string, payload: object, key = branch.municipality(shiomidai).key): Promise<unknown> => {
    const cardLinks = await sign('madoguchi-card-links+jws', payload, key);
    return (await branch.http.put(`/v1/municipalities/${code}/card-links`).send({ cardLinks })).body;
  };
  const { caKeyId, serial } = branch.authority.issue();
  const links = [{ caKeyId, serial, change: 'linked', usableFrom: usable }];
  const payload = { municipality: shiomidai, sequence: 40, links, time: branch.now() };
  expect(await put(shiomidai, payload, newKey())).toMatchObject({ code: 'card-links-refused', status: 401 });
  expect(await put(aomine, payload)).toMatchObject({ code: 'card-links-refused' });
  expect(await put('993026', payload)).toMatchObject({ code: 'card-links-refused' });
  expect(await put(shiomidai, { ...payload, time: '2020-01-01T00:00:00Z' })).toMatchObject({ code: 'clock-apart' });
  expect(await put(shiomidai, { ...payload, links: [{}] })).toMatchObject({ code: 'statement-malformed' });
});

test('a link from a day that does not exist is refused, and so is a municipality code with another check digit', async () => {
  const card = branch.authority.issue();
  const refused = await branch.link(card, shiomidai, { usableFrom: '2026-13-01T00:00:00Z' });
  expect(refused).toMatchObject({ status: 400, body: { code: 'statement-malformed' } });
  const misspelt = await branch.http.put('/v1/municipalities/991016/card-links').send({ cardLinks: 'a.b.c' });
  expect(misspelt).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
});

test('ten thousand links fit into one push', async () => {
  await branch.link(branch.authority.issue(), aomine, { sequence: 49 });
  const { caKeyId } = branch.authority.issue();
  const links = Array.from({ length: 10_000 }, (_, n) => ({
    caKeyId,
    serial: (0x20_00_00_00 + n).toString(16).toUpperCase(),
    change: 'linked' as const,
    usableFrom: usable,
  }));
  const answer = await branch.link(branch.authority.issue(), aomine, { sequence: 50, links });
  expect(answer.body).toMatchObject({ sequence: 50 });
}, 20_000);

test('a municipality that no longer takes part: the card’s holder is told so, and an engineer too', async () => {
  const card = branch.authority.issue();
  await branch.link(card, aomine);
  await branch.stopCenter();
  await branch.startCenter({ municipalities: branch.file().municipalities.filter(({ code }) => code !== aomine) });
  expect(await login(card)).toBe('municipality-unknown');
  expect(branch.codes()).toContain('municipality-unknown');
});
