// Idempotent by the request's id: the same content gives the same stored answer, other
// content is refused, a session yields one request, and a crash in between loses nothing.
import { randomUUID } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issuancesSchema } from '../../apps/municipality/src/http/management-schema.js';
import { findRequest, readCopies } from '../../apps/municipality/src/storage/issuance.js';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { Office } from './office.js';
import { choiceOf, Visit } from './visit.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterAll(async () => office.close());

async function visitOf(residentNumber: string): Promise<Visit> {
  return new Visit(office, await office.linkedCard(residentNumber));
}

async function linesOf(request: string): Promise<readonly string[]> {
  const answer = await supertest(office.managementUrl).get('/issuances');
  return issuancesSchema
    .parse(answer.body)
    .copies.filter((copy) => copy.request === request)
    .map(({ copy, attempt, state }) => `${copy}/${attempt} ${state}`);
}

describe('the same request', () => {
  test('again gives the same bundle, with a verdict of its own, after a restart too', async () => {
    const visit = await visitOf('910101');
    const statement = visit.requestStatement(await visit.login(), { copies: 2 });
    const first = await visit.request(statement);
    const again = await visit.request(statement);
    await office.stop();
    await office.start();
    const afterRestart = await visit.request(statement);
    expect([first.status, again.status, afterRestart.status]).toEqual([200, 200, 200]);
    expect([again.body.bundle, afterRestart.body.bundle]).toEqual([first.body.bundle, first.body.bundle]);
    expect(await linesOf(statement.request)).toEqual(['1/1 prepared', '2/1 prepared']);
  });

  test('ten times at once is made once', async () => {
    const visit = await visitOf('910201');
    const body = await visit.forward(visit.requestStatement(await visit.login()));
    const answers = await Promise.all(Array.from({ length: 10 }, () => visit.postRequest(body)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => String(answer.body.bundle))).size).toBe(1);
  });

  test('with other content is refused and changes nothing', async () => {
    const visit = await visitOf('910201');
    const offer = await visit.login();
    const statement = visit.requestStatement(offer);
    const first = await visit.request(statement);
    const other = visit.requestStatement(offer, { request: statement.request, choice: choiceOf(offer, { domicile: true }) });
    const refused = await visit.request(other);
    expect([refused.status, refused.body.code]).toEqual([409, 'request-conflict']);
    expect((await visit.request(statement)).body.bundle).toBe(first.body.bundle);
  });

  test('of somebody else, under an id that is taken, tells nothing of the first', async () => {
    const visit = await visitOf('910101');
    const statement = visit.requestStatement(await visit.login());
    await visit.request(statement);
    const stranger = await visitOf('910301');
    const refused = await stranger.request(stranger.requestStatement(await stranger.login(), { request: statement.request }));
    expect([refused.status, refused.body.code]).toEqual([409, 'request-conflict']);
    expect(refused.text).not.toContain('bundle');
  });
});

describe('a session', () => {
  test('yields one request', async () => {
    const visit = await visitOf('910101');
    const offer = await visit.login();
    expect((await visit.request(visit.requestStatement(offer))).status).toBe(200);
    const second = await visit.request(visit.requestStatement(offer, { request: randomUUID() }));
    expect([second.status, second.body.code]).toEqual([409, 'request-conflict']);
  });

  test('yields one request even when two come at once', async () => {
    const visit = await visitOf('910101');
    const offer = await visit.login();
    const bodies = await Promise.all([1, 2].map(() => visit.forward(visit.requestStatement(offer))));
    const answers = await Promise.all(bodies.map((body) => visit.postRequest(body)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 409]));
  });
});

describe('a crash between the row and the answer', () => {
  test('is taken up again with the numbers that were given out', async () => {
    const visit = await visitOf('910101');
    const statement = visit.requestStatement(await visit.login());
    const first = await visit.request(statement);
    const numbers = (await visit.open(first)).manifest.copies.map((copy) => copy.certificateNumber);
    // As a process leaves it that died while it was drawing.
    await office.inDatabase((store) =>
      store.write(async (manager) => {
        await manager.query(`UPDATE "requests" SET "state" = 'preparing', "bundle" = NULL WHERE "request" = '${statement.request}'`);
        await manager.query(`UPDATE "copies" SET "state" = 'preparing', "pdfSha256" = NULL WHERE "request" = '${statement.request}'`);
      }),
    );
    const opened = await visit.open(await visit.request(statement));
    expect(opened.manifest.copies.map((copy) => copy.certificateNumber)).toEqual(numbers);
    expect(await linesOf(statement.request)).toEqual(['1/1 prepared']);
  });
});

describe('the stored answer', () => {
  test('is erased when it has expired, and the request stays taken', async () => {
    const visit = await visitOf('910101');
    const statement = visit.requestStatement(await visit.login());
    await visit.request(statement);
    office.aheadMs = 61 * 60_000;
    await office.stop();
    await office.start();
    try {
      await expect
        .poll(async () => office.inDatabase(async (store) => (await findRequest(store.read, statement.request))?.bundle), {
          timeout: 10_000,
        })
        .toBeNull();
    } finally {
      office.aheadMs = 0;
    }
    const again = await visit.request(statement);
    expect([again.status, again.body.code]).toEqual([410, 'answer-erased']);
    expect((await office.inDatabase((store) => readCopies(store.read, statement.request))).map(({ state }) => state)).toEqual(['prepared']);
  }, 20_000);
});
