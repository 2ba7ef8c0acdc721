// "Refusals do not speak" (DESIGN §4), as the kiosk sees them: through the center, for every
// citizen of the demo's world whom a register sends to the counter, and for the card that two
// registers claim. The same status, headers, bytes and class of delay, also when OCSP is slow.
import type { Response } from 'supertest';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { citizens } from '../../apps/demo/world/citizens.js';
import { goToCounter } from '#libs/contract/center.js';
import { problem } from '#libs/contract/problem.js';
import type { IssuedCard } from '#libs/contract/simulators.js';
import type { Visit } from './visit.js';
import { Whole } from './whole.js';

const classMs = 900;
/** Longer than what is left of a class when a municipality has answered after its own. */
const slowMs = 750;
type Citizen = (typeof citizens)[number];
const sentToCounter = citizens.filter(({ reason }) => reason === goToCounter.code);
/** Whose entry cannot be drawn: laid out at the login, so that they are refused there like the others. */
const drawn = ['ji-ga-nai', 'mitoroku-itaiji', 'hairanai-namae'];

let whole: Whole;
beforeAll(async () => {
  whole = await Whole.open({ refusalClassMs: classMs });
}, 60_000);
afterAll(() => whole.close());
afterEach(async () => {
  await whole.jpkiManagement.put('/fault').send({ fault: 'none' });
});

async function cardOf({ id, card: { links } }: Citizen): Promise<IssuedCard> {
  const [first, ...others] = links;
  if (first === undefined) throw new Error(`nobody knows the card of ${id}`);
  const card = await whole.card(first.municipality, first.residentNumber);
  for (const { municipality, residentNumber } of others) {
    const link = { residentNumber, caKeyId: card.caKeyId, serial: card.serial, usableFrom: '2026-01-01T00:00:00Z' };
    expect((await whole.management(municipality).post('/card-links').send(link)).status).toBe(200);
  }
  return card;
}

type Seen = { readonly bytes: string; readonly classes: number };

async function seenBy(ask: () => PromiseLike<Response>, verificationMs = 0): Promise<Seen> {
  const startedMs = performance.now();
  const response = await ask();
  const tookMs = performance.now() - startedMs - verificationMs;
  const { date, ...headers } = response.headers as Record<string, string>;
  expect(date).toBeDefined();
  return { bytes: JSON.stringify({ status: response.status, headers, text: response.text }), classes: Math.floor(tookMs / classMs) };
}

function expectOneFace(seen: readonly (readonly [string, Seen])[]): void {
  expect(seen.filter(([, { classes }]) => classes !== 1).map(([id, { classes }]) => `${id}: ${classes} classes`)).toEqual([]);
  expect(new Set(seen.map(([, { bytes }]) => bytes)).size).toBe(1);
  const { status, text } = JSON.parse(seen[0]?.[1].bytes ?? '{}') as { status: number; text: string };
  expect([status, text]).toEqual([422, JSON.stringify(problem(goToCounter.status, goToCounter.code, goToCounter.detail))]);
}

async function visitOf(id: string): Promise<Visit> {
  const citizen = citizens.find((one) => one.id === id);
  if (citizen === undefined) throw new Error(`no citizen ${id}`);
  return whole.visit(await cardOf(citizen));
}

test('the world has every exclusion, in both municipalities', () => {
  const ids = sentToCounter.map(({ id }) => id);
  const known = ['tenshutsu-zumi', 'tenshutsu-yotei', 'tenshutsu-kazoku', 'shien-sochi', 'shibo', 'gaiji-torokuchu', 'kyo-tennyu'];
  const more = ['jugo-sai-miman', 'zairyu-kigen-gire', 'seinen-fusho', 'nagasugiru-namae', 'futatsu-no-shi', 'aomine-shien', ...drawn];
  expect([...known, ...more].filter((id) => !ids.includes(id))).toEqual([]);
});

test('at the login, and again at its repeat: what cannot be drawn too, so that the step says nothing', async () => {
  const seen: [string, Seen][] = [];
  for (const { id } of sentToCounter) {
    const visit = await visitOf(id);
    const body = visit.loginBody();
    seen.push([id, await seenBy(() => visit.post('login', body))]);
    if (id === 'shibo' || id === 'futatsu-no-shi') seen.push([`${id} again`, await seenBy(() => visit.post('login', body))]);
  }
  expectOneFace(seen);
}, 120_000);

test('while OCSP is slow: two claims on a card come no earlier than what a register says', async () => {
  const seen: [string, Seen][] = [];
  await whole.jpkiManagement.put('/fault').send({ fault: 'slow', delayMs: slowMs });
  for (const id of ['shien-sochi', 'futatsu-no-shi', 'aomine-shien']) {
    const visit = await visitOf(id);
    seen.push([id, await seenBy(() => visit.logIn(), slowMs)]);
  }
  expectOneFace(seen);
}, 60_000);
