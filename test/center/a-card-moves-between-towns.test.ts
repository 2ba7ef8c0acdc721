// Whoever moves from one of our towns to the other keeps the card: the old town's register
// lets go of it, and the new town issues. A lost card is nobody's, and says no more about it
// than any excluded person's.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aomine, shiomidai } from '../../apps/demo/world/registers.js';
import { goToCounter } from '#libs/contract/center.js';
import { problem } from '#libs/contract/problem.js';
import type { RegisterFile, Resident } from '#libs/contract/register.js';
import type { IssuedCard } from '#libs/contract/simulators.js';
import { Whole } from './whole.js';

const oldTown = shiomidai.municipality.code;
const newTown = aomine.municipality.code;
const toCounter = JSON.stringify(problem(goToCounter.status, goToCounter.code, goToCounter.detail));

let whole: Whole;
let events = shiomidai.eventNumber;
beforeAll(async () => {
  whole = await Whole.open();
}, 60_000);
afterAll(() => whole.close());

async function linkTo(code: string, residentNumber: string, { caKeyId, serial }: IssuedCard): Promise<void> {
  const link = { residentNumber, caKeyId, serial, usableFrom: '2026-01-01T00:00:00Z' };
  expect((await whole.management(code).post('/card-links').send(link)).status).toBe(200);
}

/** The next state of the old town's register. */
function nextRegister(change: (resident: Resident) => Resident | null, cardLinks: RegisterFile['cardLinks'] = []): RegisterFile {
  events += 1;
  const residents = shiomidai.residents.flatMap((resident) => change(resident) ?? []);
  return { ...shiomidai, eventNumber: events, residents, cardLinks };
}

const loginOf = async (card: IssuedCard): Promise<string> => (await (await whole.visit(card)).logIn()).text;

test('a resident who moves: to the counter while both towns claim the card, then the new town issues', async () => {
  const card = await whole.card(oldTown, '910101');
  expect((await (await whole.visit(card)).offer()).municipality.code).toBe(oldTown);
  await linkTo(newTown, '950101', card);
  expect(await loginOf(card)).toBe(toCounter);

  await whole.import(nextRegister((one) => (one.residentNumber === '910101' ? { ...one, status: 'moved-out' } : one)));
  await expect.poll(async () => (await loginOf(card)) !== toCounter, { timeout: 10_000 }).toBe(true);
  const visit = await whole.visit(card);
  const offer = await visit.offer();
  expect(offer.municipality.code).toBe(newTown);
  const statement = visit.requestFor(offer);
  expect((await visit.post('requests', visit.signed(statement))).body).toMatchObject({ state: 'prepared' });
}, 60_000);

test('a resident whom the register no longer has, and a card that it no longer lists: the old card gets no offer', async () => {
  const [gone, replaced] = [await whole.card(oldTown, '910201'), await whole.card(oldTown, '910301')];
  const usableFrom = '2026-01-01T00:00:00Z';
  const listed = { residentNumber: '910301', caKeyId: replaced.caKeyId, serial: replaced.serial, usableFrom };
  await whole.import(nextRegister((one) => one, [listed]));
  expect((await (await whole.visit(gone)).offer()).municipality.code).toBe(oldTown);
  await whole.import(nextRegister((one) => (one.residentNumber === '910201' ? null : one)));
  await expect.poll(async () => [await loginOf(gone), await loginOf(replaced)], { timeout: 10_000 }).toEqual([toCounter, toCounter]);

  await linkTo(newTown, '950201', gone);
  expect((await (await whole.visit(gone)).offer()).municipality.code).toBe(newTown);
}, 60_000);

test('a lost card: unlinked at the desk, the same bytes as a dead person’s; the next card of its holder works', async () => {
  const card = await whole.card(oldTown, '910101');
  const { caKeyId, serial } = card;
  expect((await whole.management(oldTown).post('/card-unlinks').send({ caKeyId, serial })).status).toBe(200);
  expect([await loginOf(card), await loginOf(await whole.card(oldTown, '930401'))]).toEqual([toCounter, toCounter]);
  await whole.import(nextRegister((one) => one));
  expect((await (await whole.visit(await whole.card(oldTown, '910101'))).offer()).municipality.code).toBe(oldTown);
  expect(await loginOf(card)).toBe(toCounter);
}, 60_000);
