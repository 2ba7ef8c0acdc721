import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { goToCounter } from '#libs/contract/center.js';
import { problem, problemSchema } from '#libs/contract/problem.js';
import { decrypt, publicHalf, sign } from '#libs/contract/sealed.js';
import { aomine, kioskId, newKey, shiomidai, signed, TrialBranch } from '../trial/branch.js';
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
  branch.lines.length = 0;
});

describe('a session', () => {
  const opening = (change: object = {}): object => ({
    kiosk: kioskId,
    session: randomUUID(),
    sessionPublicKey: publicHalf(newKey()),
    time: branch.now(),
    ...change,
  });
  const open = async (payload: object, key = branch.keys.kiosk): Promise<{ status: number; body: Record<string, unknown> }> =>
    branch.http.post('/v1/sessions').send({ opening: await sign('madoguchi-session+jws', payload, key) });

  test('opened twice with the same content gets the same nonce and token', async () => {
    const payload = opening();
    const [one, other] = [await open(payload), await open(payload)];
    expect(one.status).toBe(200);
    const same = (body: Record<string, unknown>): unknown[] => [body['session'], body['nonce'], body['token'], body['expires']];
    expect(same(other.body)).toEqual(same(one.body));
  });

  test('with the same id and another key is a conflict', async () => {
    const session = randomUUID();
    await open(opening({ session }));
    expect((await open(opening({ session }))).body).toMatchObject({ code: 'session-conflict', status: 409 });
  });

  test('is for enrolled kiosks only, and each for itself', async () => {
    expect((await open(opening(), newKey())).body).toMatchObject({ code: 'kiosk-unknown', status: 401 });
    expect((await open(opening({ kiosk: 'KIOSK999' }))).body).toMatchObject({ code: 'kiosk-unknown' });
  });

  test('of a kiosk whose clock is apart is refused', async () => {
    expect((await open(opening({ time: '2020-01-01T00:00:00Z' }))).body).toMatchObject({ code: 'clock-apart' });
  });

  test('with a key that is no point of the curve is refused', async () => {
    const sessionPublicKey = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(42) + 'A' };
    expect((await open(opening({ sessionPublicKey }))).body).toMatchObject({ code: 'statement-malformed' });
  });

  test('is known by its token only', async () => {
    const session = await branch.open();
    const wrong = await session.post('login', signed(card, session.loginStatement()), 'x'.repeat(43));
    const unknown = await branch.http.post(`/v1/sessions/${randomUUID()}/login`).send(signed(card, session.loginStatement()));
    expect(wrong.body).toMatchObject({ code: 'session-unknown', status: 401 });
    expect(unknown.body).toEqual(wrong.body);
  });

  test('is over when its time is', async () => {
    const session = await branch.open();
    branch.aheadMs = 21 * 60_000;
    const late = await session.logIn(card);
    branch.aheadMs = 0;
    expect(late.body).toMatchObject({ code: 'session-expired', status: 410 });
  });

  test('that was aborted does nothing any more, and may be aborted again', async () => {
    const session = await branch.open();
    expect((await session.post('abort', { reason: 'nobody-there' })).status).toBe(200);
    expect((await session.post('abort', { reason: 'nobody-there' })).status).toBe(200);
    expect((await session.logIn(card)).body).toMatchObject({ code: 'session-ended', status: 409 });
  });
});

describe('a login', () => {
  test('gets the offer of the card’s municipality, with a verdict that is about it', async () => {
    const session = await branch.open();
    const answer = await session.logIn(card);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ municipality: shiomidai, certificateExpiresSoon: null });
    expect(await decrypt(answer.body.offer, session.key)).toEqual({ ok: true, value: `offer of ${shiomidai}` });
    const verdict = branch.shiomidai.logins.at(-1)?.verdict;
    expect(verdict).toMatchObject({ center: 'trial-center', kiosk: kioskId, session: session.id, request: null });
    expect(verdict?.revocation.source).toBe('ocsp');
  });

  test('again with the same statement gets the same answer, without another question to anybody', async () => {
    const session = await branch.open();
    const body = signed(card, session.loginStatement());
    const first = await session.post('login', body);
    const asked = [branch.authority.ocspQuestions, branch.shiomidai.logins.length];
    const second = await session.post('login', body);
    expect(second.body).toEqual(first.body);
    expect([branch.authority.ocspQuestions, branch.shiomidai.logins.length]).toEqual(asked);
  });

  test('a second one of the session is refused', async () => {
    const session = await branch.open();
    await session.logIn(card);
    branch.aheadMs = 2_000;
    const second = await session.logIn(card);
    branch.aheadMs = 0;
    expect(second.body).toMatchObject({ code: 'login-used', status: 409 });
  });

  test.each([
    ['another session', { session: randomUUID() }],
    ['another nonce', { nonce: 'A'.repeat(43) }],
    ['another center', { center: 'other' }],
    ['another kiosk', { kiosk: 'KIOSK002' }],
    ['another session key', { sessionPublicKey: publicHalf(newKey()) }],
  ])('for %s is refused', async (_, change) => {
    const session = await branch.open();
    expect((await session.logIn(card, change)).body).toMatchObject({ code: 'statement-mismatch', status: 422 });
  });

  test('that was signed long ago is refused', async () => {
    const session = await branch.open();
    expect((await session.logIn(card, { time: '2026-01-01T00:00:00Z' })).body).toMatchObject({ code: 'clock-apart' });
  });

  test('that is not canonical, or a request, is refused', async () => {
    const session = await branch.open();
    const statement = ` ${signed(card, session.loginStatement()).statement}`;
    const spaced = { ...signed(card, session.loginStatement()), statement, signature: card.sign(statement).toString('base64') };
    expect((await session.post('login', spaced)).body).toMatchObject({ code: 'statement-malformed', status: 400 });
    expect((await session.post('login', signed(card, session.requestStatement()))).body).toMatchObject({ code: 'statement-malformed' });
  });

  test('whose signature is of another text is refused, and the session can still be used', async () => {
    const session = await branch.open();
    const body = signed(card, session.loginStatement());
    const forged = { ...body, signature: card.sign('something else').toString('base64') };
    expect((await session.post('login', forged)).body).toMatchObject({ code: 'signature-wrong', status: 422 });
    expect((await session.post('login', body)).status).toBe(200);
  });

  test('with an expired certificate is refused; one that ends soon is announced', async () => {
    const soon = await branch.resident(shiomidai, branch.authority.issue(Date.now() + 30 * 86_400_000));
    expect((await (await branch.open()).logIn(soon)).body.certificateExpiresSoon).toMatch(/^\d{4}-/);
    const expired = branch.authority.issue(Date.now() - 86_400_000);
    expect((await (await branch.open()).logIn(expired)).body).toMatchObject({ code: 'certificate-expired', status: 422 });
  });
});

describe('the index', () => {
  test('a card that nobody claims, or that is usable tomorrow, is told so', async () => {
    const unknown = await (await branch.open()).logIn(branch.authority.issue());
    const fresh = branch.authority.issue();
    await branch.link(fresh, shiomidai, { usableFrom: '2099-01-01T00:00:00Z' });
    const tomorrow = await (await branch.open()).logIn(fresh);
    expect(unknown.body).toMatchObject({ code: 'card-not-linked', status: 422 });
    expect(tomorrow.body).toEqual(unknown.body);
  });

  test('a citizen whose municipality takes no part is not told to come back tomorrow for ever: both causes are named', async () => {
    const { body } = await (await branch.open()).logIn(branch.authority.issue());
    expect(body.code).toBe('card-not-linked');
    for (const cause of ['参加していない', '交付・更新', '翌日', '窓口']) expect(body.detail).toContain(cause);
  });

  test('two claims: nobody gets anything, and the words and the delay are those of a register', async () => {
    const contested = await branch.resident(shiomidai);
    await branch.resident(aomine, contested);
    branch.lines.length = 0;
    const before = branch.municipalities.map((one) => one.logins.length);
    const startedMs = performance.now();
    const session = await branch.open();
    const answer = await session.logIn(contested);
    expect(performance.now() - startedMs).toBeGreaterThan(240);
    expect(answer.body).toEqual(problem(goToCounter.status, goToCounter.code, goToCounter.detail));
    const line = branch.lines.find(({ code }) => code === 'card-claimed-twice');
    // No line of the center tells this refusal from a register's, whoever else's log it is joined with.
    expect(JSON.stringify(branch.lines)).not.toContain(session.id);
    expect(line?.fields).toEqual({ municipalities: `${shiomidai} ${aomine}` });
    expect(branch.municipalities.map((one) => one.logins.length)).toEqual(before);
  });
});

describe('a municipality that', () => {
  const login = async (): Promise<{ status: number; body: unknown; tookMs: number; text: string }> => {
    const session = await branch.open();
    const startedMs = performance.now();
    const { status, body, text } = await session.logIn(card);
    return { status, body, text, tookMs: performance.now() - startedMs };
  };

  test('sends to the counter is heard in the one shape, whatever words it used, in one class of delay', async () => {
    branch.shiomidai.instead = problem(403, 'go-to-counter', '転出済みのため');
    const quick = await login();
    branch.shiomidai.delayMs = 120;
    const slow = await login();
    expect(problemSchema.parse(quick.body)).toEqual(problem(goToCounter.status, goToCounter.code, goToCounter.detail));
    expect(slow.text).toBe(quick.text);
    for (const { tookMs } of [quick, slow]) expect(tookMs).toBeGreaterThan(240);
  });

  test('says a word that it should not is not repeated', async () => {
    branch.shiomidai.instead = problem(422, 'moved-out', '転出済みのため');
    const answer = await login();
    expect(answer.body).toMatchObject({ code: 'municipality-unreachable', status: 502 });
    expect(answer.text).not.toContain('転出');
  });

  test.each([
    ['hangs up', 'hang-up' as const],
    ['is silent', 'silence' as const],
    ['answers garbage', { status: 200, contentType: 'application/json', body: '{"offer":1}' }],
    ['fails', { status: 500, contentType: 'text/html', body: '<h1>error</h1>' }],
    ['has another clock', { status: 200, contentType: 'application/json', body: '{"offer":"a.b.c","time":"2020-01-01T00:00:00Z"}' }],
  ])('%s is unreachable, in one sentence, and the same statement may be sent again', async (_, instead) => {
    const session = await branch.open();
    const body = signed(card, session.loginStatement());
    branch.shiomidai.instead = instead;
    const answer = await session.post('login', body);
    expect(answer.body).toMatchObject({ code: 'municipality-unreachable', status: 502 });
    expect(answer.body.detail).toContain('接続できません');
    branch.shiomidai.instead = null;
    expect((await session.post('login', body)).status).toBe(200);
  });
});

test('what is no body of the contract is refused before anything is looked at', async () => {
  const { http } = branch;
  const wrong = [{}, { opening: 5 }, { opening: 'a.b.c', more: 1 }, []];
  for (const body of wrong)
    expect((await http.post('/v1/sessions').send(body)).body).toMatchObject({ code: 'malformed-request', status: 400 });
  const garbage = await http.post('/v1/sessions').set('content-type', 'application/json').send('{"opening"');
  expect(garbage.body).toMatchObject({ code: 'malformed-request' });
  const big = await http.post('/v1/sessions').send({ opening: `a.${'b'.repeat(70_000)}.c` });
  expect(big.body).toMatchObject({ code: 'body-too-large', status: 413 });
  expect((await http.post('/v1/sessions/no-uuid/login').send({})).body).toMatchObject({ code: 'malformed-request' });
  expect((await http.get('/v1/nothing')).body).toMatchObject({ code: 'no-such-resource', status: 404 });
  expect((await http.get('/health')).body).toMatchObject({ status: 'ok', part: 'issuance-center' });
});
