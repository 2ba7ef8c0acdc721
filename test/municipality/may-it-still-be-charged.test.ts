// The question before the charge (DESIGN §4): an emergency stop and an exclusion override an offer until then. The
// answer is signed, of this moment and to this question; what a register says is said as ever.
import { randomUUID } from 'node:crypto';
import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { eraseExpired } from '../../apps/municipality/src/storage/issuance.js';
import { goToCounter } from '#libs/contract/center.js';
import { goAheadSchema, type GoAhead } from '#libs/contract/municipality.js';
import { problem } from '#libs/contract/problem.js';
import type { Resident } from '#libs/contract/register.js';
import { publicHalf, verify } from '#libs/contract/sealed.js';
import { canonicalJson, type RequestStatement } from '#libs/contract/statements.js';
import type { Card } from './cards.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

const refusalAfterMs = 600;
const alone = '910101';
let office: Office;
let eventNumber = shiomidai.eventNumber;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai, limits: { refusalAfterMs } });
}, 60_000);
afterAll(async () => office.close());
beforeEach(async () => {
  office.aheadMs = 0;
  await office.setStopped(false);
});

type Prepared = { readonly visit: Visit; readonly card: Card; readonly statement: RequestStatement };

async function prepared(residentNumber = alone): Promise<Prepared> {
  await change({});
  const card = await office.linkedCard(residentNumber);
  const visit = new Visit(office, card);
  const statement = visit.requestStatement(await visit.login());
  expect((await visit.request(statement)).status).toBe(200);
  return { visit, card, statement };
}

/** A new state of the register, with this resident changed. */
async function change(changes: Partial<Resident>): Promise<void> {
  eventNumber += 1;
  const residents = shiomidai.residents.map((one) => (one.residentNumber === alone ? { ...one, ...changes } : one));
  await office.importRegister({ ...shiomidai, eventNumber, residents });
}

async function ask(statement: RequestStatement, question: string = randomUUID()): Promise<Response> {
  const body = { question, statement: canonicalJson(statement) };
  return supertest(office.url).post(`/v1/requests/${statement.request}/go-ahead`).send(body);
}

async function read(answer: Response): Promise<GoAhead> {
  const keys = [publicHalf(office.key)];
  const goAhead = await verify(String(answer.body.goAhead), { typ: 'madoguchi-go-ahead+jws', schema: goAheadSchema, keys });
  if (!goAhead.ok) throw new Error(`${answer.status} ${String(answer.body.code)}`);
  return goAhead.value;
}

describe('what was prepared', () => {
  test('may be charged, as often as it is asked, in a word about this question and of this moment', async () => {
    const { statement } = await prepared();
    const { request, session, kiosk } = statement;
    for (const question of [randomUUID(), randomUUID()]) {
      office.aheadMs += 30_000;
      const said = await read(await ask(statement, question));
      expect(said).toMatchObject({ question, request, session, kiosk, municipality: shiomidai.municipality.code, word: 'go' });
      expect(Math.abs(Date.parse(said.time) - office.nowMs())).toBeLessThan(5_000);
    }
  });

  test('may not during an emergency stop, and may again after it', async () => {
    const { statement } = await prepared();
    await office.setStopped(true);
    expect((await read(await ask(statement))).word).toBe('issuance-stopped');
    await office.setStopped(false);
    expect((await read(await ask(statement))).word).toBe('go');
  });

  test('is nobody else’s to ask about: without the words that the card signed there is no such request', async () => {
    const { statement } = await prepared();
    for (const other of [
      { ...statement, copies: 2 },
      { ...statement, request: randomUUID() },
    ]) {
      expect((await ask(other)).body).toMatchObject({ status: 404, code: 'no-such-request' });
    }
  });

  test('may be charged after the offer has gone, and not after its own time', async () => {
    const { statement } = await prepared();
    office.aheadMs = 11 * 60_000;
    await office.inDatabase(async (store) => store.write((manager) => eraseExpired(manager, office.nowMs(), 100)));
    expect((await read(await ask(statement))).word).toBe('go');
    office.aheadMs = 61 * 60_000;
    expect((await ask(statement)).body).toMatchObject({ status: 410, code: 'answer-erased' });
    await office.inDatabase(async (store) => {
      await store.write((manager) => eraseExpired(manager, office.nowMs(), 100));
      expect(await store.read.query('SELECT * FROM "offers"')).toEqual([]);
    });
  });
});

type Outside = { readonly bytes: string; readonly tookMs: number };

async function outsideOf(statement: RequestStatement): Promise<Outside> {
  const startedMs = performance.now();
  const response = await ask(statement);
  const tookMs = performance.now() - startedMs;
  const { date, ...headers } = response.headers as Record<string, string>;
  expect(date).toBeDefined();
  return { bytes: JSON.stringify({ status: response.status, headers, text: response.text }), tookMs };
}

/** What comes between preparing and paying. */
const betweentimes: readonly (readonly [string, (prepared: Prepared) => Promise<unknown>])[] = [
  ['protected', async () => change({ flags: { protected: true, characterPending: false, movedInToday: false } })],
  ['glyph-missing', async () => change({ name: '\u{30EDE}　見本' })],
  ['moving-out', async () => change({ status: 'moving-out' })],
  ['dead', async () => change({ status: 'dead' })],
  [
    'card-unlinked',
    async ({ card: { caKeyId, serial } }) => supertest(office.managementUrl).post('/card-unlinks').send({ caKeyId, serial }),
  ],
  ['not-prepared-any-more', async ({ visit, statement }) => visit.abandon(statement.request)],
];

test('an exclusion, a card that was given up and copies that are void look the same, and like every refusal', async () => {
  const seen: Outside[] = [];
  for (const [, between] of betweentimes) {
    const one = await prepared();
    await between(one);
    seen.push(await outsideOf(one.statement));
  }
  expect(new Set(seen.map(({ bytes }) => bytes)).size).toBe(1);
  const { status, text } = JSON.parse(seen[0]?.bytes ?? '{}') as { status: number; text: string };
  expect([status, text]).toEqual([422, JSON.stringify(problem(goToCounter.status, goToCounter.code, goToCounter.detail))]);
  for (const { tookMs } of seen) {
    expect(tookMs).toBeGreaterThanOrEqual(refusalAfterMs - 5);
    expect(tookMs).toBeLessThan(2 * refusalAfterMs);
  }
  const told = (await office.refusals()).filter(({ step }) => step === 'charge').map(({ reason }) => reason);
  expect(told).toEqual(betweentimes.map(([reason]) => reason));
  expect(office.logged.join()).not.toMatch(/glyph|protected|dead|moved|unlinked|not-prepared/);
}, 60_000);
