// A visit that ended before the kiosk had opened the answer: やめる, a crash, a center that was
// away (DESIGN §4, "abort and void"). Whenever the word of it comes, no copy stays prepared.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { findRequest, readCopies } from '../../apps/municipality/src/storage/issuance.js';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { newDatabase, startPostgres, type RunningServer } from '../world/databases.js';
import { kiosk, Office, otherKiosk, otherKioskKey } from './office.js';
import { Visit } from './visit.js';

let postgres: RunningServer;
let office: Office;
beforeAll(async () => {
  postgres = await startPostgres();
  office = await Office.open({ register: shiomidai, database: { kind: 'postgresql', url: await newDatabase(postgres.url) } });
}, 120_000);
afterAll(async () => {
  await office.close();
  await postgres.stop();
});

async function asking(copies = 1) {
  const visit = new Visit(office, await office.linkedCard('910101'));
  const statement = visit.requestStatement(await visit.login(), { copies });
  return { visit, request: statement.request, body: await visit.forward(statement) };
}

async function stored(request: string) {
  return office.inDatabase(async (store) => ({
    states: (await readCopies(store.read, request)).map(({ state }) => state),
    bundle: (await findRequest(store.read, request))?.bundle ?? null,
  }));
}

test('prepared: every copy is void, the bundle is gone, and nobody gets it a second time', async () => {
  const { visit, request, body } = await asking(3);
  expect((await visit.postRequest(body)).status).toBe(200);
  expect((await visit.abandon(request)).status).toBe(200);
  expect((await visit.abandon(request)).status).toBe(200);
  expect(await stored(request)).toEqual({ states: ['voided', 'voided', 'voided'], bundle: null });
  expect((await visit.postRequest(body)).body).toMatchObject({ code: 'answer-erased', status: 410 });
});

test('not here yet: it is not taken up when it comes', async () => {
  const { visit, request, body } = await asking();
  expect((await visit.abandon(request)).status).toBe(200);
  expect((await visit.abandon(request)).status).toBe(200);
  expect((await visit.postRequest(body)).body).toMatchObject({ code: 'answer-erased', status: 410 });
  expect(await stored(request)).toEqual({ states: [], bundle: null });
});

test('whenever the word comes while the certificate is being made, nothing stays prepared', async () => {
  for (let delayMs = 0; delayMs <= 45; delayMs += 3) {
    const { visit, request, body } = await asking();
    const [, told] = await Promise.all([
      visit.postRequest(body),
      new Promise((resolve) => setTimeout(resolve, delayMs)).then(() => visit.abandon(request)),
    ]);
    expect(told.status).toBe(200);
    const { states, bundle } = await stored(request);
    expect(states.filter((state) => state !== 'voided')).toEqual([]);
    expect(bundle).toBeNull();
  }
}, 60_000);

test('delivered, or perhaps: who said so cannot say that nobody opened it', async () => {
  for (const outcome of ['delivered', 'uncertain'] as const) {
    const { visit, request, body } = await asking();
    await visit.tell(await visit.open(await visit.postRequest(body)), [outcome]);
    expect((await visit.abandon(request)).body).toMatchObject({ code: 'outcome-conflict', status: 409 });
    expect((await stored(request)).states).toEqual([outcome]);
  }
});

test('given up first, printed after all: the word that it was not stands, and the other is refused', async () => {
  const { visit, request, body } = await asking();
  const opened = await visit.open(await visit.postRequest(body));
  await visit.abandon(request);
  expect((await visit.tell(opened, ['delivered'])).body).toMatchObject({ code: 'outcome-conflict' });
  expect((await visit.tell(opened, ['voided'])).status).toBe(200);
});

test('by another kiosk, before or after, it counts for nothing', async () => {
  const { visit, request, body } = await asking();
  const another = { kiosk: otherKiosk, key: otherKioskKey };
  expect((await visit.abandon(request, another)).status).toBe(200);
  expect((await visit.abandon(request, { kiosk, key: otherKioskKey })).status).toBe(401);
  expect((await visit.postRequest(body)).status).toBe(200);
  expect((await visit.abandon(request, another)).body).toMatchObject({ code: 'no-such-request' });
  expect((await stored(request)).states).toEqual(['prepared']);
});

test('a kiosk that never says what became of its copies is named once their time is over', async () => {
  const { visit, request, body } = await asking(2);
  expect((await visit.postRequest(body)).status).toBe(200);
  office.aheadMs = 61 * 60_000;
  const missing = (): readonly string[] => office.logged.filter((line) => line.includes('outcome-missing') && line.includes(request));
  await vi.waitFor(() => expect(missing()).toHaveLength(1), { timeout: 15_000 });
  expect(await stored(request)).toEqual({ states: ['prepared', 'prepared'], bundle: null });
  // It may come back all the same, days later.
  expect((await visit.abandon(request)).status).toBe(200);
  expect((await stored(request)).states).toEqual(['voided', 'voided']);
}, 30_000);
