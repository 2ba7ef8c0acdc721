import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goToCounter } from '#libs/contract/center.js';
import { problem } from '#libs/contract/problem.js';
import { decrypt, encrypt, publicHalf } from '#libs/contract/sealed.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { toInstant } from '#libs/std/clock.js';
import { json } from '../trial/municipality.js';
import { aomine, shiomidai, signed, TrialBranch, type TrialSession } from '../trial/branch.js';
import type { Card } from '../trial/authority.js';

let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
  card = await branch.resident(shiomidai);
});
afterAll(() => branch.close());
afterEach(() => {
  branch.authority.ocsp = 'good';
  branch.shiomidai.instead = null;
  branch.shiomidai.delayMs = 0;
  branch.aheadMs = 0;
});

async function loggedIn(): Promise<TrialSession> {
  const session = await branch.open();
  expect((await session.logIn(card)).status).toBe(200);
  return session;
}
const requestsAsked = (): number => branch.shiomidai.requests.length;

describe('a request', () => {
  test('gets the bundle of the municipality, unread, with a fresh verdict about it', async () => {
    const session = await loggedIn();
    const questions = branch.authority.ocspQuestions;
    const statement = session.requestStatement();
    const answer = await session.ask(card, statement);
    expect(answer.body).toMatchObject({ request: statement.request, state: 'prepared' });
    expect(await decrypt(answer.body.bundle, session.key)).toEqual({ ok: true, value: `bundle of ${statement.request}` });
    expect(branch.authority.ocspQuestions).toBe(questions + 1);
    expect(branch.shiomidai.requests.at(-1)?.verdict).toMatchObject({
      request: statement.request,
      statementSha256: sha256Hex(signed(card, statement).statement),
    });
  });

  test('again with the same statement gets the same answer, and the municipality is not asked again', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    const first = await session.ask(card, statement);
    const asked = requestsAsked();
    branch.aheadMs = 120_000;
    const second = await session.ask(card, statement);
    expect(second.body).toEqual(first.body);
    expect(requestsAsked()).toBe(asked);
  });

  test('again with the words alone gets nothing: the card of the login has to have signed them', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    const first = await session.ask(card, statement);
    const whole = signed(card, statement);
    const flipped = Buffer.from(whole.signature, 'base64');
    flipped.writeUInt8(flipped.readUInt8(9) ^ 1, 9);
    const forged = await session.post('requests', { ...whole, signature: flipped.toString('base64') });
    expect(forged).toMatchObject({ status: 422, body: { code: 'signature-wrong' } });
    const strange = await session.post('requests', { ...whole, certificate: Buffer.from('none').toString('base64') });
    expect(strange.body.code).toBe('certificate-malformed');
    const other = await session.ask(await branch.resident(shiomidai), statement);
    expect(other).toMatchObject({ status: 422, body: { code: 'other-card' } });
    for (const answer of [forged, strange, other]) expect(answer.text).not.toContain(first.body.bundle);
    expect((await session.ask(card, statement)).body).toEqual(first.body);
  });

  test('with the same id and other content is a conflict', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    await session.ask(card, statement);
    const other = await session.ask(card, { ...statement, copies: 2, feeYen: 600 });
    expect(other.body).toMatchObject({ code: 'request-conflict', status: 409 });
  });

  test('a second one of the session is a conflict, and so is the id of another session’s', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    await session.ask(card, statement);
    const second = await session.ask(card, session.requestStatement());
    expect(second.body).toMatchObject({ code: 'request-conflict', status: 409 });
    const other = await loggedIn();
    const stolen = await other.ask(card, other.requestStatement({ request: statement.request }));
    expect(stolen.body).toMatchObject({ code: 'request-conflict', status: 409 });
  });

  test('by another card than the one that logged in is refused', async () => {
    const session = await loggedIn();
    const other = await branch.resident(shiomidai);
    expect((await session.ask(other, session.requestStatement())).body).toMatchObject({ code: 'other-card', status: 422 });
  });

  test('before the login, or for another municipality, is refused', async () => {
    const early = await branch.open();
    expect((await early.ask(card, early.requestStatement())).body).toMatchObject({ code: 'not-logged-in', status: 409 });
    const session = await loggedIn();
    const elsewhere = await session.ask(card, session.requestStatement({ municipality: aomine }));
    expect(elsewhere.body).toMatchObject({ code: 'statement-mismatch', status: 422 });
  });

  test('that was signed long ago is refused', async () => {
    const session = await loggedIn();
    const answer = await session.ask(card, session.requestStatement({ time: '2026-01-01T00:00:00Z' }));
    expect(answer.body).toMatchObject({ code: 'session-expired', status: 410 });
  });

  test('whose card was taken a minute and a half after it had signed goes on, and one from the future does not', async () => {
    const at = (offsetMs: number): string => toInstant(Date.now() + offsetMs);
    const session = await loggedIn();
    expect((await session.ask(card, session.requestStatement({ time: at(90_000) }))).body).toMatchObject({ code: 'clock-apart' });
    expect((await session.ask(card, session.requestStatement({ time: at(-90_000) }))).status).toBe(200);
  });

  test('that the municipality refuses is refused again in the same words', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.instead = problem(409, 'offer-expired', '手続きの有効時間が過ぎました。');
    const first = await session.ask(card, statement);
    branch.shiomidai.instead = null;
    expect(first.body).toMatchObject({ code: 'offer-expired', status: 409 });
    expect((await session.ask(card, statement)).body).toEqual(first.body);
  });

  test('that a municipality answers with the bundle of another request goes to nobody, and may be sent again', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    const bundle = await encrypt('bundle of somebody else', publicHalf(session.key));
    branch.shiomidai.instead = json({ request: randomUUID(), bundle, time: branch.now() });
    branch.lines.length = 0;
    const answer = await session.ask(card, statement);
    expect(answer.body).toMatchObject({ code: 'municipality-unreachable', status: 502 });
    expect(answer.text).not.toContain(bundle);
    expect(branch.codes()).toContain('municipality-answered-another');
    branch.shiomidai.instead = null;
    expect((await session.ask(card, statement)).body).toMatchObject({ request: statement.request, state: 'prepared' });
  });

  test('that ends at the counter has the one shape and the one class of delay, also the second time', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.instead = problem(422, 'go-to-counter', '支援措置のため');
    for (const attempt of [1, 2]) {
      const startedMs = performance.now();
      const answer = await session.ask(card, statement);
      expect(answer.body, `attempt ${attempt}`).toEqual(problem(goToCounter.status, goToCounter.code, goToCounter.detail));
      expect(performance.now() - startedMs).toBeGreaterThan(240);
    }
  });
});

describe('when something breaks in between', () => {
  test('a line lost to the municipality: the same statement again goes through, also after a minute', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.instead = 'hang-up';
    expect((await session.ask(card, statement)).body).toMatchObject({ code: 'municipality-unreachable', status: 502 });
    branch.shiomidai.instead = null;
    branch.aheadMs = 50_000;
    expect((await session.ask(card, statement)).body).toMatchObject({ state: 'prepared' });
  });

  test('an answer of the municipality that came too late for the center: the repeat gets the same bundle', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.delayMs = 1_000;
    expect((await session.ask(card, statement)).status).toBe(502);
    branch.shiomidai.delayMs = 0;
    await new Promise((resolve) => setTimeout(resolve, 400));
    const repeated = await session.ask(card, statement);
    expect(repeated.body).toMatchObject({ state: 'prepared' });
    expect((await session.ask(card, statement)).body).toEqual(repeated.body);
  });

  test('a center that was restarted between handing on and storing: the repeat finds its session', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.instead = 'silence';
    const lost = session.ask(card, statement).then(
      (answer) => answer.status,
      () => 'cut',
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    await branch.stopCenter();
    await lost;
    branch.shiomidai.instead = null;
    await branch.startCenter();
    expect((await session.ask(card, statement)).body).toMatchObject({ request: statement.request, state: 'prepared' });
  });

  test('two at once: one owner stores, the other is told or gets the same answer', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.delayMs = 100;
    const answers = await Promise.all([session.ask(card, statement), session.ask(card, statement)]);
    const codes = answers.map((answer) => String(answer.body.state ?? answer.body.code));
    expect(codes).toContain('prepared');
    expect(codes.filter((code) => code !== 'prepared' && code !== 'superseded')).toEqual([]);
    expect((await session.ask(card, statement)).body).toMatchObject({ state: 'prepared' });
  });

  test('an abort while the municipality works: what it answers is not stored, and nothing goes to the kiosk', async () => {
    const session = await loggedIn();
    const statement = session.requestStatement();
    branch.shiomidai.delayMs = 300;
    const pending = session.ask(card, statement).then((answer) => answer.body);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect((await session.post('abort', { reason: 'card-left' })).status).toBe(200);
    expect(await pending).toMatchObject({ code: 'superseded', status: 409 });
    branch.shiomidai.delayMs = 0;
    expect((await session.ask(card, statement)).body).toMatchObject({ code: 'session-ended' });
  });
});

test('malformed requests reach nobody', async () => {
  const session = await loggedIn();
  const asked = requestsAsked();
  const wrong = [{}, { statement: '{}' }, { ...signed(card, session.requestStatement()), extra: 1 }];
  for (const body of wrong) expect((await session.post('requests', body)).body).toMatchObject({ code: 'malformed-request', status: 400 });
  const strange = signed(card, { ...session.requestStatement(), request: randomUUID(), extra: 1 });
  expect((await session.post('requests', strange)).body).toMatchObject({ code: 'statement-malformed' });
  expect(requestsAsked()).toBe(asked);
});
