import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shiomidai, TrialBranch } from '../trial/branch.js';
import { ocspForgeries, ocspOutages, type Card } from '../trial/authority.js';

let branch: TrialBranch;
let card: Card;
afterAll(() => branch.close());
afterEach(() => {
  branch.authority.ocsp = 'good';
  branch.lines.length = 0;
});

async function login(who = card): Promise<{ status: number; body: { code?: string; detail?: string } }> {
  const { status, body } = await (await branch.open()).logIn(who);
  return { status, body };
}

describe('without a list', () => {
  beforeAll(async () => {
    branch = await TrialBranch.start();
    card = await branch.resident(shiomidai);
  });

  test.each([...ocspOutages, ...ocspForgeries])(
    'an OCSP responder in the mode %s: cannot tell, nothing is issued, nothing charged',
    async (mode) => {
      const before = branch.shiomidai.logins.length;
      branch.authority.ocsp = mode;
      const { status, body } = await login();
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'revocation-unknown' });
      expect(body.detail).toContain('確認できません');
      expect(branch.shiomidai.logins.length).toBe(before);
      expect(branch.codes().filter((code) => code.startsWith('ocsp-'))).toHaveLength(1);
    },
  );

  test('cannot tell is not the end of the session', async () => {
    const session = await branch.open();
    branch.authority.ocsp = 'hang-up';
    expect((await session.logIn(card)).status).toBe(503);
    branch.authority.ocsp = 'good';
    branch.aheadMs = 1_000;
    expect((await session.logIn(card)).status).toBe(200);
    branch.aheadMs = 0;
  });

  test('a revoked certificate is refused, and so is one that the responder does not know', async () => {
    branch.authority.ocsp = 'revoked';
    expect(await login()).toMatchObject({ status: 422, body: { code: 'certificate-revoked' } });
    branch.authority.ocsp = 'unknown';
    expect(await login()).toMatchObject({ status: 422, body: { code: 'certificate-unknown' } });
  });

  test('a request asks anew: a card that was revoked since the login gets nothing', async () => {
    const session = await branch.open();
    await session.logIn(card);
    branch.authority.ocsp = 'revoked';
    const before = branch.shiomidai.requests.length;
    expect((await session.ask(card, session.requestStatement())).body).toMatchObject({ code: 'certificate-revoked' });
    expect(branch.shiomidai.requests.length).toBe(before);
  });
});

describe('with a list', () => {
  let revoked: Card;
  beforeAll(async () => {
    await branch.close();
    branch = await TrialBranch.start();
    card = await branch.resident(shiomidai);
    revoked = await branch.resident(shiomidai);
    branch.authority.listed.push(revoked.serial);
    await branch.stopCenter();
    await branch.startCenter({ crl: { urls: [`${branch.authority.url}/crl`], kinds: ['resident-record'] } });
  });

  test.each(ocspOutages)('a responder that is away (%s): the list is asked', async (mode) => {
    branch.authority.ocsp = mode;
    expect((await login()).status).toBe(200);
    expect(branch.lines.map(({ level, code }) => `${level} ${code}`)).toContain('warn ocsp-cannot-tell');
  });

  test.each(ocspForgeries)('an answer that is not ours (%s) is no outage: no list is asked, and an engineer is called', async (mode) => {
    const session = await branch.open();
    expect((await session.logIn(card)).status).toBe(200);
    const before = [branch.shiomidai.logins.length, branch.shiomidai.requests.length];
    branch.authority.ocsp = mode;
    const cannotTell = { status: 503, body: { code: 'revocation-unknown' } };
    expect(await session.ask(card, session.requestStatement())).toMatchObject(cannotTell);
    expect(await login()).toMatchObject(cannotTell);
    expect([branch.shiomidai.logins.length, branch.shiomidai.requests.length]).toEqual(before);
    const told = branch.lines.map(({ level, code }) => `${level} ${code}`);
    expect(told.filter((line) => line === 'error ocsp-answer-not-ours')).toHaveLength(2);
    expect(told).not.toContain('warn ocsp-cannot-tell');
  });

  test('what OCSP cannot tell the list may, and the verdict says so', async () => {
    branch.authority.ocsp = 'hang-up';
    const session = await branch.open();
    expect((await session.logIn(card)).status).toBe(200);
    expect((await session.ask(card, session.requestStatement())).status).toBe(200);
    const taken = branch.shiomidai.requests.at(-1);
    expect(taken?.verdict.revocation.source).toBe('crl');
    expect(taken?.body.evidence).toBeNull();
  });

  test('who is on the list is refused', async () => {
    branch.authority.ocsp = 'silence';
    expect(await login(revoked)).toMatchObject({ status: 422, body: { code: 'certificate-revoked' } });
  });

  test('the list never overrules an OCSP answer', async () => {
    branch.authority.ocsp = 'revoked';
    expect(await login()).toMatchObject({ body: { code: 'certificate-revoked' } });
  });

  test('nor one that says revoked and is too old to say good: no list that lags behind makes the card good again', async () => {
    const session = await branch.open();
    expect((await session.logIn(card)).status).toBe(200);
    branch.authority.ocsp = 'stale-revoked';
    const before = branch.shiomidai.requests.length;
    expect(await session.ask(card, session.requestStatement())).toMatchObject({ status: 422, body: { code: 'certificate-revoked' } });
    expect(await login()).toMatchObject({ status: 422, body: { code: 'certificate-revoked' } });
    expect(branch.shiomidai.requests.length).toBe(before);
    expect(branch.codes()).not.toContain('ocsp-cannot-tell');
  });

  test('that is too old it cannot tell either', async () => {
    branch.authority.ocsp = 'hang-up';
    branch.aheadMs = 30 * 3_600_000;
    const answer = await login();
    branch.aheadMs = 0;
    expect(answer).toMatchObject({ status: 503, body: { code: 'revocation-unknown' } });
  });
});
