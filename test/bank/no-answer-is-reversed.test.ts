// Whatever breaks between bank and kiosk: the kiosk says "unknown", reverses until it has
// an answer, and the money is where it was.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { hostLinkLimits } from '../../apps/kiosk/src/host-link/limits.js';
import type { HostLink, PurchaseInput, PurchaseOutcome } from '../../apps/kiosk/src/host-link/host-link.js';
import { ReversalForwarder } from '../../apps/kiosk/src/host-link/reversal-forwarder.js';
import { Deadlines, openLink, Purchases, recordingLog, signedOn, TestBank, until } from './branch.js';
import { MemoryReversals } from './memory-reversals.js';

let bank: TestBank;
let link: HostLink;
let purchases: Purchases;
let reversals: MemoryReversals;
let forwarder: ReversalForwarder;
let deadlines: Deadlines;
let logged: string[];

beforeEach(async () => {
  bank = await TestBank.start();
  await bank.openAccount(1_000);
  deadlines = new Deadlines(hostLinkLimits.answerTimeoutMs);
  const { log, codes } = recordingLog();
  logged = codes;
  link = await signedOn(openLink(bank.port, { clock: deadlines.clock, log }));
  purchases = new Purchases();
  reversals = new MemoryReversals();
  const openCase = (): Promise<void> => Promise.reject(new Error('no case was expected'));
  forwarder = new ReversalForwarder({ link, store: reversals, openCase, clock: systemClock, log: silentLog });
});

afterEach(async () => {
  await link.close();
  await bank.close();
});

async function settled(): Promise<void> {
  await until(async () => link.isSignedOn() && (await forwarder.forwardAll()) === 'all-answered');
}

/** The outcome of a purchase whose deadline passes once the bank's balance is this. */
async function timedOutAt(purchase: PurchaseInput, balanceYen: number): Promise<PurchaseOutcome> {
  const outcome = link.purchase(purchase);
  await until(async () => (await bank.balanceYen()) === balanceYen);
  await deadlines.pass();
  return outcome;
}

describe('a purchase whose answer does not come', { timeout: 30_000 }, () => {
  it.each([
    { fault: 'drop-request', balanceBefore: 1_000, answered: 'original-not-found 25' },
    { fault: 'drop-response', balanceBefore: 700, answered: 'reversed 00' },
  ] as const)('because of $fault', async ({ fault, balanceBefore, answered }) => {
    await bank.fault({ fault, times: 1 });
    const purchase = purchases.next(300);
    expect(await timedOutAt(purchase, balanceBefore)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    expect(reversals.answered.get(purchase.rrn)).toBe(answered);
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).sumYen).toBe(0);
  });

  it.each([
    { fault: 'reset-mid-frame', cause: 'connection-lost' },
    { fault: 'garbage', cause: 'malformed-answer' },
  ] as const)('because of $fault', async ({ fault, cause }) => {
    await bank.fault({ fault, times: 1 });
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'unknown', cause });
    expect(await bank.balanceYen()).toBe(700);
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    expect(reversals.answered.get(purchase.rrn)).toBe('reversed 00');
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).sumYen).toBe(0);
  });

  it('when the bank goes down with the answer on its way', async () => {
    await bank.fault({ fault: 'late', delayMs: 60_000 });
    const purchase = link.purchase(purchases.next(300));
    await until(async () => (await bank.balanceYen()) === 700);
    await bank.close();
    expect(await purchase).toEqual({ outcome: 'unknown', cause: 'connection-lost' });
  });
});

describe('a late answer', { timeout: 30_000 }, () => {
  it('changes nothing any more, and is not taken for the answer to what waits then', async () => {
    await bank.fault({ fault: 'late', delayMs: 1_000, times: 1 });
    const purchase = purchases.next(300);
    expect(await timedOutAt(purchase, 700)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    await bank.fault({ fault: 'drop-request', times: 1 });
    const next = link.purchase(purchases.next(100));
    await until(() => logged.includes('unmatched-answer'));
    await deadlines.pass();
    expect(await next).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    expect(await bank.balanceYen()).toBe(1_000);
    expect(link.isSignedOn()).toBe(true);
  });

  it('of a request that is looked at after its own reversal is a refusal, and nothing is ever posted', async () => {
    await bank.fault({ fault: 'slow', delayMs: 2_000, times: 1 });
    const purchase = purchases.next(300);
    expect(await timedOutAt(purchase, 1_000)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    expect(reversals.answered.get(purchase.rrn)).toBe('original-not-found 25');
    await until(() => logged.includes('unmatched-answer'));
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).lines).toHaveLength(2);
  });
});

describe('a reversal whose answer does not come', { timeout: 30_000 }, () => {
  it('is repeated as 0421 until it does, and gives the money back once', async () => {
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toMatchObject({ outcome: 'approved', responseCode: '00' });
    await bank.fault({ fault: 'drop-response', times: 2 });
    reversals.add(purchases.reversalOf(purchase, { reason: '22' }));
    for (let turn = 0; turn < 2; turn++) {
      const walk = forwarder.forwardAll();
      await deadlines.pass();
      expect(await walk).toBe('again');
    }
    expect(await forwarder.forwardAll()).toBe('all-answered');
    expect(reversals.answered.get(purchase.rrn)).toBe('reversed 00');
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).lines.filter((line) => line.kind === 'reversal')).toHaveLength(2);
  });

  it('is repeated when the bank says 91 or 96', async () => {
    const purchase = purchases.next(300);
    await link.purchase(purchase);
    reversals.add(purchases.reversalOf(purchase, { reason: '22' }));
    for (const responseCode of ['91', '96']) {
      await bank.fault({ fault: 'decline', responseCode, times: 1 });
      expect(await forwarder.forwardAll()).toBe('again');
    }
    expect(await forwarder.forwardAll()).toBe('all-answered');
    expect(await bank.balanceYen()).toBe(1_000);
  });

  it('goes on by itself through a lost connection', async () => {
    const stop = new AbortController();
    const limits = { pauseMs: { first: 10, most: 20 }, pollMs: 10 };
    const openCase = (): Promise<void> => Promise.resolve();
    const running = new ReversalForwarder({ link, store: reversals, openCase, clock: systemClock, log: silentLog, limits }).run(
      stop.signal,
    );
    const all = [purchases.next(100), purchases.next(200)];
    for (const purchase of all) await link.purchase(purchase);
    await bank.fault({ fault: 'reset-mid-frame', times: 2 });
    for (const purchase of all) reversals.add(purchases.reversalOf(purchase, { reason: '22' }));
    await until(() => reversals.pendingCount === 0);
    expect([...reversals.answered.keys()]).toEqual(all.map((purchase) => purchase.rrn));
    expect(await bank.balanceYen()).toBe(1_000);
    stop.abort();
    await running;
  });
});
