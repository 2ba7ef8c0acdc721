// A municipality takes the word about the paper from its own kiosks only. Through one that it does not know nothing
// is offered, prepared or given a go-ahead: otherwise its paper would be charged, and the outcome taken by nobody.
import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { canonicalJson, type RequestStatement } from '#libs/contract/statements.js';
import { kiosk, Office, otherKiosk } from './office.js';
import { Visit } from './visit.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai, limits: { refusalAfterMs: 600 } });
}, 60_000);
afterAll(async () => office.close());

test('at the login, whoever asks, before any register is', async () => {
  for (const residentNumber of ['910101', '940101']) {
    const visit = new Visit(office, await office.linkedCard(residentNumber));
    const startedMs = performance.now();
    const refused = await visit.postLogin(await visit.forward(visit.loginStatement({ kiosk: 'KIOSK009' })));
    expect(refused.body).toMatchObject({ status: 401, code: 'kiosk-unknown' });
    expect(performance.now() - startedMs).toBeLessThan(600);
  }
  expect(await office.refusals()).toEqual([]);
  expect(office.logged).toContain(JSON.stringify({ code: 'kiosk-unknown', detail: 'KIOSK009' }));
});

type Offered = { readonly visit: Visit; readonly statement: RequestStatement };

/** Through the other kiosk, while it is on the list. */
async function offered(): Promise<Offered> {
  const visit = new Visit(office, await office.linkedCard('910101'));
  const login = await visit.forward(visit.loginStatement({ kiosk: otherKiosk }));
  const offer = await visit.readOffer(await visit.postLogin(login));
  return { visit, statement: visit.requestStatement(offer, { kiosk: otherKiosk }) };
}

test('at the request and at the go-ahead, when it was taken off the list meanwhile', async () => {
  const [late, prepared] = [await offered(), await offered()];
  expect((await prepared.visit.request(prepared.statement)).status).toBe(200);
  await office.stop();
  await office.start([kiosk]);
  expect((await late.visit.request(late.statement)).body).toMatchObject({ status: 401, code: 'kiosk-unknown' });
  const question = { question: randomUUID(), statement: canonicalJson(prepared.statement) };
  const asked = await supertest(office.url).post(`/v1/requests/${prepared.statement.request}/go-ahead`).send(question);
  expect(asked.body).toMatchObject({ status: 401, code: 'kiosk-unknown' });
});
