// Steps 2, 4, 9, 10 and 14 through a real JPKI simulator, center and municipalities, on each
// pair of database and wake-up that a user can choose.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { sha256Hex } from '#libs/std/bytes.js';
import { newDatabase, startPostgres, startRedis, type RunningRedis, type RunningServer } from '../world/databases.js';
import type { Visit } from './visit.js';
import { Whole } from './whole.js';

const shiomidai = '991015';
const alone = '910101';

let postgres: RunningServer;
let redis: RunningRedis;
let whole: Whole;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
}, 60_000);
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()]);
});
afterEach(async () => {
  await whole.jpkiManagement.put('/fault').send({ fault: 'none' });
});

const pairs = [
  { name: 'SQLite and a timer', options: async () => ({}) },
  {
    name: 'PostgreSQL and Redis',
    options: async () => ({
      databaseOf: async () => ({ kind: 'postgresql' as const, url: await newDatabase(postgres.url) }),
      redisUrl: redis.url,
    }),
  },
];

describe.each(pairs)('on $name', ({ options }) => {
  beforeAll(async () => {
    whole = await Whole.open(await options());
    return () => whole.close();
  }, 60_000);

  async function prepared(): Promise<{ visit: Visit; request: string; pdfSha256: string }> {
    const visit = await whole.visit(await whole.card(shiomidai, alone));
    const offer = await visit.offer();
    const statement = visit.requestFor(offer);
    const signed = visit.signed(statement);
    const answer = await visit.post('requests', signed);
    const { card, opened } = visit.parts;
    const personal = [card.serial, card.authenticationCertificate, opened.token, alone, ...offer.members.map((member) => member.name)];
    expect(personal.filter((one) => whole.logged.some((line) => line.includes(one)))).toEqual([]);
    expect(answer.body).toMatchObject({ state: 'prepared' });
    const { manifest, pdfs } = await visit.open(answer.body.bundle, statement);
    expect(manifest).toMatchObject({ request: statement.request, requestSha256: sha256Hex(signed.statement), municipality: shiomidai });
    expect(pdfs.map((pdf) => sha256Hex(pdf))).toEqual(manifest.copies.map((copy) => copy.pdfSha256));
    return { visit, request: statement.request, pdfSha256: manifest.copies[0]?.pdfSha256 ?? '' };
  }

  test('a resident gets a certificate, and what became of it reaches the municipality', async () => {
    const { visit, request, pdfSha256 } = await prepared();
    expect((await visit.tell(request, [{ copy: 1, attempt: 1, outcome: 'delivered', pdfSha256 }])).status).toBe(200);
    await vi.waitFor(
      async () => {
        const { body } = await whole.management(shiomidai).get('/issuances');
        expect(body.copies.find((copy: { request: string }) => copy.request === request)).toMatchObject({ state: 'delivered' });
      },
      { timeout: 10_000 },
    );
  }, 30_000);

  test('the same request sent five times at once prepares one certificate', async () => {
    const visit = await whole.visit(await whole.card(shiomidai, alone));
    const statement = visit.requestFor(await visit.offer());
    const signed = visit.signed(statement);
    const answers = await Promise.all(Array.from({ length: 5 }, () => visit.post('requests', signed)));
    const bundles = new Set(answers.filter((answer) => answer.status === 200).map((answer) => String(answer.body.bundle)));
    expect(bundles.size).toBe(1);
    expect(answers.filter((answer) => answer.status !== 200).every((answer) => answer.body.code === 'superseded')).toBe(true);
    const { body } = await whole.management(shiomidai).get('/issuances');
    expect(body.copies.filter((copy: { request: string }) => copy.request === statement.request)).toHaveLength(1);
  }, 30_000);

  test('a certificate that was revoked between login and request gets nothing', async () => {
    const card = await whole.card(shiomidai, alone);
    const visit = await whole.visit(card);
    const statement = visit.requestFor(await visit.offer());
    const { caKeyId, serial } = card;
    await whole.jpkiManagement.post('/revocations').send({ caKeyId, serial, reason: 'keyCompromise' });
    expect((await visit.post('requests', visit.signed(statement))).body).toMatchObject({ code: 'certificate-revoked' });
  }, 30_000);

  test('a certificate known to be revoked is never issued on an older list, though the answer that says so has expired', async () => {
    const card = await whole.card(shiomidai, alone);
    const visit = await whole.visit(card);
    const statement = visit.requestFor(await visit.offer());
    const { caKeyId, serial } = card;
    await whole.jpkiManagement.post('/revocations').send({ caKeyId, serial, reason: 'keyCompromise' });
    await whole.jpkiManagement.put('/fault').send({ fault: 'expired-answer' });
    const asked = await visit.post('requests', visit.signed(statement));
    expect(asked).toMatchObject({ status: 422, body: { code: 'certificate-revoked' } });
    expect((await (await whole.visit(card)).logIn()).body).toMatchObject({ code: 'certificate-revoked' });
    const { body } = await whole.management(shiomidai).get('/issuances');
    expect(body.copies.filter((copy: { request: string }) => copy.request === statement.request)).toEqual([]);
  }, 30_000);

  test('a card that was seen revoked gets nothing when OCSP falls silent minutes later and the list says nothing', async () => {
    const card = await whole.card(shiomidai, alone);
    const visit = await whole.visit(card);
    const statement = visit.requestFor(await visit.offer());
    const { caKeyId, serial } = card;
    await whole.jpkiManagement.post('/revocations').send({ caKeyId, serial, reason: 'keyCompromise' });
    expect((await (await whole.visit(card)).logIn()).body).toMatchObject({ code: 'certificate-revoked' });
    await whole.jpkiManagement.put('/fault').send({ fault: 'no-answer' });
    expect((await visit.post('requests', visit.signed(statement))).body).toMatchObject({ code: 'certificate-revoked' });
    expect((await (await whole.visit(card)).logIn()).body).toMatchObject({ code: 'certificate-revoked' });
    const { body } = await whole.management(shiomidai).get('/issuances');
    expect(body.copies.filter((copy: { request: string }) => copy.request === statement.request)).toEqual([]);
  }, 30_000);

  test.each(['expired-answer', 'foreign-signer', 'other-serial'])(
    'an answer with the fault %s is no outage: nothing is issued, whatever the list says, and the log calls it an error',
    async (fault) => {
      const visit = await whole.visit(await whole.card(shiomidai, alone));
      const statement = visit.requestFor(await visit.offer());
      await whole.jpkiManagement.put('/fault').send({ fault });
      // The simulator makes the stranger's keys when they are first needed: until then it is silent, which is an outage.
      await expect.poll(async () => (await (await whole.visit(visit.parts.card)).logIn()).status, { timeout: 20_000 }).toBe(503);
      const answer = await visit.post('requests', visit.signed(statement));
      expect(answer).toMatchObject({ status: 503, body: { code: 'revocation-unknown' } });
      const { session } = visit.parts.opened;
      expect(whole.logged.some((line) => line.includes('ocsp-answer-not-ours') && line.includes(session))).toBe(true);
      await whole.jpkiManagement.put('/fault').send({ fault: 'none' });
      expect((await visit.post('requests', visit.signed(statement))).body).toMatchObject({ state: 'prepared' });
    },
    30_000,
  );

  test.each(['try-later', 'no-answer'])(
    'a responder with the fault %s is replaced by the list, where the kind may rest on it',
    async (fault) => {
      const visit = await whole.visit(await whole.card(shiomidai, alone));
      await whole.jpkiManagement.put('/fault').send({ fault });
      const statement = visit.requestFor(await visit.offer());
      const answer = await visit.post('requests', visit.signed(statement));
      expect(answer.body).toMatchObject({ state: 'prepared' });
      expect(whole.logged.some((line) => line.includes('ocsp-cannot-tell'))).toBe(true);
    },
    30_000,
  );

  test('an outcome that a dead municipality did not take arrives when it is back', async () => {
    const { visit, request, pdfSha256 } = await prepared();
    await whole.withoutTown(shiomidai, async () => {
      expect((await visit.tell(request, [{ copy: 1, attempt: 1, outcome: 'voided', pdfSha256 }])).status).toBe(200);
      await vi.waitFor(() => expect(whole.logged.some((line) => line.includes('outcome-waits'))).toBe(true), { timeout: 5_000 });
    });
    await vi.waitFor(
      async () => {
        const { body } = await whole.management(shiomidai).get('/issuances');
        expect(body.copies.find((copy: { request: string }) => copy.request === request)).toMatchObject({ state: 'voided' });
      },
      { timeout: 20_000, interval: 200 },
    );
  }, 40_000);
});
