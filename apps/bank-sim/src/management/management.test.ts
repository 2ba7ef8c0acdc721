import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import request from 'supertest';
import { problemSchema } from '#libs/contract/problem.js';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { configurationSchema } from '../configuration.js';
import { start, type RunningBank } from '../start.js';

const listener = { host: '127.0.0.1', port: 0 };
const configuration = { demo: true, listen: listener, management: listener, bdk: '0123456789ABCDEFFEDCBA9876543210' };
const account = { pan: '9392999900000019', panSequence: '00', pin: '1234', balanceYen: 5_000 };

let bank: RunningBank;

beforeEach(async () => {
  bank = await start(configurationSchema.parse(configuration), { clock: systemClock, random: systemRandom, log: silentLog });
});
afterEach(() => bank.close());

describe('the management port', () => {
  it('opens an account and never shows its PIN', async () => {
    const opened = await request(bank.managementUrl).post('/accounts').send(account).expect(201);
    expect(opened.body).toEqual({ pan: account.pan, balanceYen: 5_000, pinTriesLeft: 3, locked: false });
    const read = await request(bank.managementUrl).get(`/accounts/${account.pan}`).expect(200);
    expect(read.body).toEqual(opened.body);
    const ledger = await request(bank.managementUrl).get('/ledger').expect(200);
    expect(ledger.body).toEqual({
      sumYen: 0,
      lines: [
        { entry: 1, account: 'vault', amountYen: 5_000, rrn: '', kind: 'opening' },
        { entry: 1, account: '9999-001-1-0000001', amountYen: -5_000, rrn: '', kind: 'opening' },
      ],
    });
  });

  it('opens an account without money', async () => {
    await request(bank.managementUrl)
      .post('/accounts')
      .send({ ...account, balanceYen: 0 })
      .expect(201);
    const ledger = await request(bank.managementUrl).get('/ledger').expect(200);
    expect(ledger.body).toEqual({ sumYen: 0, lines: [] });
  });

  it.each([
    ['a PIN of five digits', '/accounts', { ...account, pin: '12345' }, 400],
    ['a body that is none', '/accounts', 'pin=1234', 400],
    ['an amount in a fraction', '/accounts', { ...account, balanceYen: 0.5 }, 400],
    ['a key that nobody knows', '/accounts', { ...account, name: '窓口太郎' }, 400],
  ])('refuses %s, as a problem that quotes nothing', async (...[, path, body, status]) => {
    const answer = await request(bank.managementUrl).post(path).type('json').send(body).expect(status);
    expect(problemSchema.parse(answer.body).code).toBe('malformed-request');
    expect(answer.text).not.toContain('1234');
  });

  it('opens one account a card', async () => {
    await request(bank.managementUrl).post('/accounts').send(account).expect(201);
    const again = await request(bank.managementUrl).post('/accounts').send(account).expect(409);
    expect(problemSchema.parse(again.body).code).toBe('account-exists');
  });

  it('says when there is no such account', async () => {
    const answer = await request(bank.managementUrl).get('/accounts/9392999900000027').expect(404);
    expect(problemSchema.parse(answer.body).code).toBe('no-such-account');
  });

  it('takes faults, and none that is an approval', async () => {
    await request(bank.managementUrl).put('/fault').send({ fault: 'slow', delayMs: 5 }).expect(200);
    await request(bank.managementUrl).put('/fault').send({ fault: 'sulk' }).expect(400);
    await request(bank.managementUrl).put('/fault').send({ fault: 'decline', responseCode: '00' }).expect(400);
  });
});

describe('the configuration', () => {
  it.each([
    ['without demo', { demo: false }],
    ['on a public address', { listen: { host: '0.0.0.0', port: 0 } }],
    ['with half a key', { bdk: '0123456789ABCDEF' }],
    ['with a key of two equal halves', { bdk: '0123456789ABCDEF0123456789ABCDEF' }],
    ['with a holiday that is no day', { holidays: ['2026-02-30'] }],
    ['with an unknown key', { production: true }],
  ])('is refused %s', (_name, changes) => {
    expect(configurationSchema.safeParse({ ...configuration, ...changes }).success).toBe(false);
  });
});
