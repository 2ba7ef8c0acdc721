// The index and the towns' registers agree again after either side lost its database, and
// nobody has to know that it happened.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { IssuedCard } from '#libs/contract/simulators.js';
import { Whole } from './whole.js';

const town = shiomidai.municipality.code;
const usableFrom = '2026-01-01T00:00:00Z';

let whole: Whole;
let events = shiomidai.eventNumber;
beforeAll(async () => {
  whole = await Whole.open();
}, 60_000);
afterAll(() => whole.close());

const says = async (card: IssuedCard): Promise<string> => {
  const { body } = await (await whole.visit(card)).logIn();
  return String(body.municipality ?? body.code);
};
const idOf = ({ caKeyId, serial }: IssuedCard): { caKeyId: string; serial: string } => ({ caKeyId, serial });

test('the center lost its table: a town that starts, or has something to tell, tells everything again', async () => {
  const [kept, lost] = [await whole.card(town, '910101'), await whole.card(town, '910201')];
  await whole.management(town).post('/card-unlinks').send(idOf(lost));
  await whole.withoutCenter(() => whole.loseDatabase('center'));
  expect([await says(kept), await says(lost)]).toEqual(['card-not-linked', 'card-not-linked']);
  await whole.card(town, '910301');
  expect([await says(kept), await says(lost)]).toEqual([town, 'go-to-counter']);

  await whole.withoutCenter(() => whole.loseDatabase('center'));
  await whole.withoutTown(town, async () => undefined);
  await expect.poll(() => says(kept), { timeout: 10_000 }).toBe(town);
}, 60_000);

test('on command: all links, in place of what the center had', async () => {
  const card = await whole.card(town, '910101');
  const before = await whole.management(town).post('/card-link-pushes').send({});
  expect(before.status).toBe(200);
  expect(await says(card)).toBe(town);
  const again = await whole.management(town).post('/card-link-pushes').send({});
  expect(again.body.sequence).toBe(before.body.sequence + 1);
  await whole.withoutTown(town, async () => undefined, { pushAllLinks: true });
  await expect.poll(() => whole.logged.filter((line) => line.includes('card-links-all-anew')).length).toBeGreaterThan(2);
}, 60_000);

test('the town lost its database: it goes on above the center’s number, and what its register does not list is let go', async () => {
  const [listed, unlisted] = [await whole.card(town, '910101'), await whole.card(town, '910201')];
  await whole.withoutTown(town, async () => whole.loseDatabase(`municipality-${town}`));
  events += 1;
  await whole.import({ ...shiomidai, eventNumber: events, cardLinks: [{ ...idOf(listed), residentNumber: '910101', usableFrom }] });
  await expect.poll(async () => [await says(listed), await says(unlisted)], { timeout: 10_000 }).toEqual([town, 'go-to-counter']);
  expect(await says(await whole.card(town, '910301'))).toBe(town);
}, 60_000);
