// A municipality on two nodes with one PostgreSQL: the database decides, not the order of
// code in one process.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { newDatabase, startPostgres, type RunningServer } from '../world/databases.js';
import { CardDesk } from './cards.js';
import { makeKey } from './keys.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

let postgres: RunningServer;
let one: Office;
let other: Office;
beforeAll(async () => {
  postgres = await startPostgres();
  const database = { kind: 'postgresql' as const, url: await newDatabase(postgres.url) };
  const shared = { register: shiomidai, desk: await CardDesk.open(), key: makeKey(), database };
  one = await Office.open(shared);
  other = await Office.open(shared);
}, 120_000);
afterAll(async () => {
  await one.close();
  await other.close();
  await postgres.stop();
});

describe('two nodes', () => {
  test('asked for the same request at once give one and the same answer', async () => {
    const visit = new Visit(one, await one.linkedCard('910201'));
    const body = await visit.forward(visit.requestStatement(await visit.login()));
    const elsewhere = new Visit(other, visit.card);
    const answers = await Promise.all([visit, elsewhere, visit, elsewhere].map((node) => node.postRequest(body)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => String(answer.body.bundle))).size).toBe(1);
  }, 30_000);

  test('asked for two requests of one session at once prepare one of them', async () => {
    const visit = new Visit(one, await one.linkedCard('910101'));
    const offer = await visit.login();
    const bodies = await Promise.all([1, 2].map(() => visit.forward(visit.requestStatement(offer))));
    const elsewhere = new Visit(other, visit.card);
    const answers = await Promise.all(bodies.map((body, at) => (at === 0 ? visit : elsewhere).postRequest(body)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 409]));
  }, 30_000);

  test('never give out one 発行番号 twice', async () => {
    const card = await one.linkedCard('910101');
    const made = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const visit = new Visit(index % 2 === 0 ? one : other, card);
        const { manifest } = await visit.open(await visit.request(visit.requestStatement(await visit.login(), { copies: 2 })));
        return manifest.copies.map((copy) => copy.certificateNumber);
      }),
    );
    expect(new Set(made.flat()).size).toBe(24);
  }, 60_000);

  test('keep refusals as they were written', async () => {
    const visit = new Visit(one, one.desk.issue());
    await visit.postLogin(await visit.forward(visit.loginStatement()));
    expect((await one.refusals()).map(({ reason }) => reason)).toEqual(['card-not-linked']);
    await one.inDatabase(async (store) => {
      await expect(store.write((manager) => manager.query('DELETE FROM "refusals"'))).rejects.toThrow('kept as written');
    });
  });
});
