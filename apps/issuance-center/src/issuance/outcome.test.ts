import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { problem } from '#libs/contract/problem.js';
import { newKey, shiomidai, TrialBranch, type TrialSession } from '../trial/branch.js';
import type { Card } from '../trial/authority.js';

let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
  card = await branch.resident(shiomidai);
});
afterAll(() => branch.close());
afterEach(() => {
  branch.shiomidai.instead = null;
  branch.lines.length = 0;
});

async function prepared(): Promise<{ session: TrialSession; request: string }> {
  const session = await branch.open();
  await session.logIn(card);
  const { request, ...rest } = session.requestStatement();
  expect((await session.ask(card, { request, ...rest })).status).toBe(200);
  return { session, request };
}
const arrived = (request: string): number => branch.shiomidai.outcomes.filter((one) => one.request === request).length;

test('an outcome is taken without a token and reaches the municipality as the kiosk signed it', async () => {
  const { session, request } = await prepared();
  const answer = await session.tell(session.outcome(request));
  expect(answer.body).toMatchObject({ request });
  await vi.waitFor(() => expect(arrived(request)).toBe(1));
  const jws = branch.shiomidai.outcomes.at(-1)?.outcome ?? '';
  expect(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
    request,
    copies: [{ outcome: 'delivered' }],
  });
});

test('the same outcome again, also signed later, is taken once', async () => {
  const { session, request } = await prepared();
  await session.tell(session.outcome(request));
  await vi.waitFor(() => expect(arrived(request)).toBe(1));
  expect((await session.tell(session.outcome(request, { time: '2026-01-01T00:00:00Z' }))).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(arrived(request)).toBe(1);
});

test('a municipality that is away gets it later, in order, also from a center that was restarted', async () => {
  const { session, request } = await prepared();
  branch.shiomidai.instead = 'hang-up';
  const uncertain = { copy: 1, attempt: 1, outcome: 'uncertain' as const, pdfSha256: 'ab'.repeat(32) };
  await session.tell(session.outcome(request, { copies: [uncertain] }));
  await session.tell(session.outcome(request));
  await vi.waitFor(() => expect(branch.codes()).toContain('outcome-waits'));
  await branch.stopCenter();
  branch.shiomidai.instead = null;
  branch.aheadMs = 10_000;
  await branch.startCenter();
  await vi.waitFor(() => expect(arrived(request)).toBe(2), { timeout: 5_000 });
  branch.aheadMs = 0;
  const told = branch.shiomidai.outcomes.slice(-2).map(({ outcome }) => Buffer.from(outcome.split('.')[1] ?? '', 'base64url').toString());
  expect(told.map((text) => JSON.parse(text).copies[0].outcome)).toEqual(['uncertain', 'delivered']);
}, 15_000);

test('one that the municipality refuses is not sent for ever, and an engineer is told', async () => {
  const { session, request } = await prepared();
  branch.shiomidai.instead = problem(409, 'outcome-conflict', 'x');
  await session.tell(session.outcome(request));
  await vi.waitFor(() => expect(branch.lines).toContainEqual(expect.objectContaining({ code: 'outcome-refused' })));
  branch.shiomidai.instead = null;
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  expect(arrived(request)).toBe(0);
});

test('only the kiosk of the session may say what became of it', async () => {
  const { session, request } = await prepared();
  expect((await session.tell(session.outcome(request), newKey())).body).toMatchObject({ code: 'kiosk-unknown', status: 401 });
  expect((await session.tell(session.outcome(request, { session: randomUUID() }))).body).toMatchObject({ code: 'outcome-malformed' });
  expect((await session.tell(session.outcome(randomUUID()))).body).toMatchObject({ code: 'request-unknown', status: 404 });
});

test('after the outcome the bundle is gone, and with the session’s time everything but ids and states', async () => {
  const { session, request } = await prepared();
  await session.tell(session.outcome(request));
  branch.aheadMs = 61 * 60_000;
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  branch.aheadMs = 0;
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(branch.file().database.kind === 'sqlite' ? `${branch.folder}/center.sqlite` : '', { readonly: true });
  const row: unknown = database
    .prepare('SELECT answer, "loginAnswer" FROM requests JOIN sessions USING (session) WHERE request = ?')
    .get(request);
  const everything = ['sessions', 'requests', 'outcomes', 'card_links', 'card_link_feeds'].flatMap((table) =>
    database.prepare(`SELECT * FROM ${table}`).all(),
  );
  database.close();
  expect(row).toEqual({ answer: null, loginAnswer: null });
  const kept = JSON.stringify(everything);
  for (const secret of [card.serial, card.caKeyId, session.opened.token, card.certificate.toString('base64')])
    expect(kept).not.toContain(secret);
  const logged = JSON.stringify(branch.lines);
  for (const secret of [card.serial, session.opened.token]) expect(logged).not.toContain(secret);
});

test('a request that its kiosk never opened is passed on as such, and ends with its session', async () => {
  const { session, request } = await prepared();
  expect((await session.tell(session.outcome(request, { copies: 'unopened' }))).status).toBe(200);
  await vi.waitFor(() => expect(arrived(request)).toBe(1));
  expect((await session.ask(card, session.requestStatement({ request }))).body).toMatchObject({ code: 'session-ended' });
  expect((await session.post('abort', { reason: 'stopped' })).status).toBe(200);
});

test('a request given up while the municipality works on it: nobody gets what it answers, and it is told', async () => {
  const session = await branch.open();
  await session.logIn(card);
  const statement = session.requestStatement();
  branch.shiomidai.delayMs = 300;
  const pending = session.ask(card, statement).then((answer) => answer.body);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect((await session.tell(session.outcome(statement.request, { copies: 'unopened' }))).status).toBe(200);
  expect(await pending).toMatchObject({ code: 'superseded', status: 409 });
  branch.shiomidai.delayMs = 0;
  await vi.waitFor(() => expect(arrived(statement.request)).toBe(1));
  expect((await session.ask(card, statement)).body).toMatchObject({ code: 'session-ended' });
});

test('a request given up before it came is not taken up when it comes', async () => {
  const session = await branch.open();
  await session.logIn(card);
  const statement = session.requestStatement();
  const asked = branch.shiomidai.requests.length;
  expect((await session.tell(session.outcome(statement.request, { copies: 'unopened' }))).status).toBe(200);
  expect((await session.ask(card, statement)).body).toMatchObject({ code: 'session-ended', status: 409 });
  expect(branch.shiomidai.requests.length).toBe(asked);
  expect(arrived(statement.request)).toBe(0);
  const nobodys = session.outcome(statement.request, { copies: 'unopened', session: randomUUID() });
  expect((await session.tell(nobodys)).body).toMatchObject({ code: 'request-unknown', status: 404 });
});
