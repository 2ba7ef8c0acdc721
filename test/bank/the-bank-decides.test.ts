// Approvals and refusals, each with the balance and the ledger after it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HostLink } from '../../apps/kiosk/src/host-link/host-link.js';
import { card, openLink, Purchases, signedOn, TestBank } from './branch.js';

let bank: TestBank;
let link: HostLink;
let purchases: Purchases;

beforeEach(async () => {
  bank = await TestBank.start();
  await bank.openAccount(1_000);
  link = await signedOn(openLink(bank.port));
  purchases = new Purchases();
});

afterEach(async () => {
  await link.close();
  await bank.close();
});

/** Only the two lines of the opening balance. */
async function nothingPosted(): Promise<void> {
  expect((await bank.ledger()).lines).toHaveLength(2);
  expect(await bank.balanceYen()).toBe(1_000);
}

describe('the bank approves', { timeout: 30_000 }, () => {
  it('and moves the money from the deposit to the fees', async () => {
    const purchase = purchases.next(300);
    const outcome = await link.purchase(purchase);
    expect(outcome).toEqual({
      outcome: 'approved',
      responseCode: '00',
      approvalCode: expect.stringMatching(/^A\d{5}$/),
      businessDate: expect.stringMatching(/^\d{4}$/),
    });
    expect(await bank.balanceYen()).toBe(700);
    const { lines, sumYen } = await bank.ledger();
    expect(sumYen).toBe(0);
    expect(lines.filter((line) => line.kind === 'purchase').map(({ account, amountYen, rrn }) => ({ account, amountYen, rrn }))).toEqual([
      { account: '9999-001-1-0000001', amountYen: 300, rrn: purchase.rrn },
      { account: 'separate-deposit:kiosk-fees', amountYen: -300, rrn: purchase.rrn },
    ]);
  });

  it('the last yen', async () => {
    expect(await link.purchase(purchases.next(1_000))).toMatchObject({ outcome: 'approved' });
    expect(await bank.balanceYen()).toBe(0);
  });

  it('and takes it back when asked, once', async () => {
    const purchase = purchases.next(300);
    await link.purchase(purchase);
    const reversal = purchases.reversalOf(purchase, { reason: '22' });
    expect(await link.reverse(reversal, { repeat: false })).toEqual({ outcome: 'reversed', responseCode: '00' });
    expect(await link.reverse(reversal, { repeat: true })).toEqual({ outcome: 'reversed', responseCode: '00' });
    const another = purchases.reversalOf(purchase, { reason: '17' });
    expect(await link.reverse(another, { repeat: false })).toEqual({ outcome: 'reversed', responseCode: '00' });
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).lines).toHaveLength(6);
  });

  it('twice-sent answers once', async () => {
    await bank.fault({ fault: 'duplicate-response' });
    expect(await link.purchase(purchases.next(300))).toMatchObject({ outcome: 'approved' });
    expect(await link.purchase(purchases.next(300))).toMatchObject({ outcome: 'approved' });
    expect(await bank.balanceYen()).toBe(400);
  });

  it('many at once, each with its own answer', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => link.purchase(purchases.next(100))));
    expect(outcomes.filter((outcome) => outcome.outcome === 'approved')).toHaveLength(10);
    expect(outcomes.filter((outcome) => outcome.outcome === 'declined')).toHaveLength(2);
    expect(await bank.balanceYen()).toBe(0);
  });
});

describe('the bank refuses, and nothing is posted', { timeout: 30_000 }, () => {
  it.each([
    ['more than there is: 51', { amountYen: 1_001 }],
    ['an unknown card: 14', { pan: '9392999900000027' }],
    ['an expired card: 54', { expires: '2001' }],
    ['a wrong PIN: 55', { pin: '4321' }],
  ])('%s', async (name, changes: { amountYen?: number; pan?: string; expires?: string; pin?: string }) => {
    const purchase = purchases.next(changes.amountYen ?? 300, changes);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'declined', responseCode: name.slice(-2) });
    await nothingPosted();
  });

  it('what the simulator was told to refuse; its reversal finds nothing to give back', async () => {
    await bank.fault({ fault: 'decline', responseCode: '62', times: 1 });
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'declined', responseCode: '62' });
    expect(await link.reverse(purchases.reversalOf(purchase), { repeat: false })).toEqual({ outcome: 'reversed', responseCode: '00' });
    await nothingPosted();
  });

  it('a PIN that was wrong three times in a row, and the right one after it', async () => {
    const codes: string[] = [];
    for (const pin of ['1111', '2222', '3333', card.pin]) {
      const outcome = await link.purchase(purchases.next(300, { pin }));
      codes.push(outcome.outcome === 'declined' ? outcome.responseCode : outcome.outcome);
    }
    expect(codes).toEqual(['55', '55', '75', '75']);
    expect(await bank.account()).toMatchObject({ pinTriesLeft: 0, locked: true });
    await nothingPosted();
  });

  it('a PIN block that was used before, even with the right PIN', async () => {
    const first = purchases.next(2_000);
    expect(await link.purchase(first)).toMatchObject({ responseCode: '51' });
    const second = { ...purchases.next(300), pinBlock: first.pinBlock, ksn: first.ksn };
    expect(await link.purchase(second)).toEqual({ outcome: 'declined', responseCode: '58' });
    await nothingPosted();
  });

  it('a PIN block made for another card', async () => {
    const foreign = purchases.next(300, { pan: '9392999900000027' });
    const { pinBlock, ksn } = foreign;
    expect(await link.purchase({ ...purchases.next(300), pinBlock, ksn })).toEqual({ outcome: 'declined', responseCode: '96' });
    expect((await bank.account()).pinTriesLeft).toBe(3);
    await nothingPosted();
  });
});

describe('PIN tries', { timeout: 30_000 }, () => {
  it('begin anew after the right one', async () => {
    for (const pin of ['1111', '2222', card.pin]) await link.purchase(purchases.next(100, { pin }));
    expect(await bank.account()).toMatchObject({ pinTriesLeft: 3, locked: false, balanceYen: 900 });
  });
});
