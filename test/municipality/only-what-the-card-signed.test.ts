// The municipality believes the center in one thing only, whether a certificate is revoked.
// A verdict of anybody else, about anything else, or of another time is refused; and the
// card's signature and certificate are checked here, whatever the verdict says.
import { createHash } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aomine } from '../../apps/demo/world/registers.js';
import type { CenterVerdict } from '#libs/contract/municipality.js';
import { toInstant } from '#libs/std/clock.js';
import { CardDesk, signStatement, type Card } from './cards.js';
import { makeKey } from './keys.js';
import { kioskKey, Office } from './office.js';
import { Visit, type Forwarded } from './visit.js';

let office: Office;
let card: Card;
beforeAll(async () => {
  office = await Office.open({ register: aomine });
  card = await office.linkedCard('950101');
}, 60_000);
afterAll(async () => office.close());

const minutesAgo = (minutes: number): string => toInstant(Date.now() - minutes * 60_000);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function answerTo(body: Forwarded): Promise<readonly [number, string]> {
  const response = await supertest(office.url).post('/v1/logins').send(body);
  return [response.status, String(response.body.code)];
}

describe('a verdict', () => {
  const wrong: readonly (readonly [string, Partial<CenterVerdict>])[] = [
    ['for another municipality', { municipality: '991015' }],
    ['of another center', { center: 'elsewhere.test' }],
    ['about another statement', { statementSha256: sha256('another') }],
    ['about another certificate', { certificateSha256: sha256('another') }],
    ['for another session', { session: '00000000-0000-4000-8000-000000000000' }],
    ['for another kiosk', { kiosk: 'KIOSK002' }],
    ['about a request, shown as a login', { request: '00000000-0000-4000-8000-000000000000' }],
    ['with other evidence', { revocation: { source: 'ocsp', thisUpdate: minutesAgo(0), evidenceSha256: sha256('another') } }],
    ['with old evidence', { revocation: { source: 'ocsp', thisUpdate: minutesAgo(30), evidenceSha256: sha256('an OCSP response') } }],
    [
      'on a list, with an OCSP response beside it',
      { revocation: { source: 'crl', thisUpdate: minutesAgo(0), evidenceSha256: sha256('an OCSP response') } },
    ],
  ];
  test.each(wrong)('%s is refused', async (_case, verdict) => {
    const visit = new Visit(office, card);
    expect(await answerTo(await visit.forward(visit.loginStatement(), { verdict }))).toEqual([401, 'bad-verdict']);
  });

  test.each([-2, 2])('made %d minutes away is refused', async (minutes) => {
    const visit = new Visit(office, card);
    const verdict = { time: minutesAgo(-minutes) };
    expect(await answerTo(await visit.forward(visit.loginStatement(), { verdict }))).toEqual([401, 'stale-verdict']);
  });

  const never = '2026-13-01T00:00:00Z';
  test.each<readonly [string, Partial<CenterVerdict>]>([
    ['a verdict of a time that does not exist', { time: never }],
    ['evidence of one', { revocation: { source: 'ocsp', thisUpdate: never, evidenceSha256: sha256('an OCSP response') } }],
  ])('%s is refused', async (_case, verdict) => {
    const visit = new Visit(office, card);
    expect(await answerTo(await visit.forward(visit.loginStatement(), { verdict }))).toEqual([401, 'bad-verdict']);
  });

  test('signed by anybody but the center is refused, and so is one bit of another', async () => {
    const visit = new Visit(office, card);
    expect(await answerTo(await visit.forward(visit.loginStatement(), { key: makeKey() }))).toEqual([401, 'bad-verdict']);
    expect(await answerTo(await visit.forward(visit.loginStatement(), { key: kioskKey }))).toEqual([401, 'bad-verdict']);
    const body = await visit.forward(visit.loginStatement());
    const [header, payload, signature] = body.verdict.split('.');
    const tampered = Buffer.from(payload ?? '', 'base64url')
      .toString()
      .replace('KIOSK001', 'KIOSK002');
    const verdict = [header, Buffer.from(tampered).toString('base64url'), signature].join('.');
    expect(await answerTo({ ...body, verdict })).toEqual([401, 'bad-verdict']);
  });

  test('without evidence closes the offer of a municipality that does not take a list for it', async () => {
    const visit = new Visit(office, card);
    const revocation = { source: 'crl' as const, thisUpdate: minutesAgo(60), evidenceSha256: sha256('a list') };
    const response = await visit.postLogin(await visit.forward(visit.loginStatement(), { verdict: { revocation }, evidence: null }));
    expect((await visit.readOffer(response)).items[0]?.closed).toContain('確認できない');
    const good = new Visit(office, card);
    const body = await good.forward(good.requestStatement(await good.login()), { verdict: { revocation }, evidence: null });
    expect((await good.postRequest(body)).body.code).toBe('revocation-unknown');
  });
});

describe('the card', () => {
  test('whose signature is over something else is refused, whatever the center says', async () => {
    const visit = new Visit(office, card);
    const signed = signStatement(card, visit.loginStatement());
    const forged = { ...signed, statement: signed.statement.replace('KIOSK001', 'KIOSK002') };
    const body = await visit.forward(visit.loginStatement({ kiosk: 'KIOSK002' }), { signed: forged });
    expect(await answerTo(body)).toEqual([422, 'signature-wrong']);
  });

  test('of a CA that is not pinned is refused', async () => {
    const visit = new Visit(office, (await CardDesk.open()).issue());
    expect(await answerTo(await visit.forward(visit.loginStatement()))).toEqual([422, 'issuer-unknown']);
  });

  test('that has expired is refused', async () => {
    const visit = new Visit(office, office.desk.issue(-60_000));
    expect(await answerTo(await visit.forward(visit.loginStatement()))).toEqual([422, 'certificate-expired']);
  });

  test('other than the one of the login gets nothing under its offer, not even of the same person', async () => {
    const visit = new Visit(office, card);
    const statement = visit.requestStatement(await visit.login());
    const second = new Visit(office, await office.linkedCard('950101'));
    const refused = await second.postRequest(await second.forward(statement));
    expect([refused.status, refused.body.code]).toEqual([409, 'offer-expired']);
  });
});

describe('a statement', () => {
  test('that is not canonical, of another purpose, or old is refused', async () => {
    const visit = new Visit(office, card);
    const statement = visit.loginStatement();
    for (const changed of [
      { ...statement, extra: 1 },
      { ...statement, purpose: 'Madoguchi request v1' },
      { ...statement, time: minutesAgo(11) },
      { ...statement, time: minutesAgo(-2) },
      { ...statement, time: '2026-02-30T00:00:00Z' },
    ]) {
      const signed = signStatement(card, changed);
      expect(await answerTo(await visit.forward(statement, { signed }))).toEqual([400, 'malformed-statement']);
    }
  });

  test('of a login is no request', async () => {
    const visit = new Visit(office, card);
    const response = await visit.postRequest(await visit.forward(visit.loginStatement()));
    expect([response.status, response.body.code]).toEqual([400, 'malformed-statement']);
  });

  test('for another municipality is not prepared here', async () => {
    const visit = new Visit(office, card);
    const statement = visit.requestStatement(await visit.login(), { municipality: '991015' });
    expect((await visit.request(statement)).body.code).toBe('bad-verdict');
  });
});

describe('a body', () => {
  test.each(['', '{', '[]', '{"signed":{}}', '"x"'])('that reads %j is one problem without an echo', async (text) => {
    const response = await supertest(office.url).post('/v1/logins').set('content-type', 'application/json').send(text);
    expect([response.status, response.body.code]).toEqual([400, 'malformed-request']);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});
