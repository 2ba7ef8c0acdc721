// Whatever breaks between bank and kiosk: the kiosk says "unknown", reverses until it has
// an answer, and the money is where it was.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import type { HostLink } from '../../apps/kiosk/src/host-link/host-link.js';
import { ReversalForwarder } from '../../apps/kiosk/src/host-link/reversal-forwarder.js';
import { openLink, Purchases, signedOn, TestBank, until } from './branch.js';
import { MemoryReversals } from './memory-reversals.js';

let bank: TestBank;
let link: HostLink;
let purchases: Purchases;
let reversals: MemoryReversals;
let forwarder: ReversalForwarder;

beforeEach(async () => {
  bank = await TestBank.start();
  await bank.openAccount(1_000);
  link = await signedOn(openLink(bank.port));
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

describe('a purchase whose answer does not come', () => {
  it.each([
    { fault: 'drop-request', cause: 'timed-out', balanceBefore: 1_000, answered: 'original-not-found 25' },
    { fault: 'drop-response', cause: 'timed-out', balanceBefore: 700, answered: 'reversed 00' },
    { fault: 'reset-mid-frame', cause: 'connection-lost', balanceBefore: 700, answered: 'reversed 00' },
    { fault: 'garbage', cause: 'malformed-answer', balanceBefore: 700, answered: 'reversed 00' },
  ] as const)('because of $fault', async ({ fault, cause, balanceBefore, answered }) => {
    await bank.fault({ fault, times: 1 });
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'unknown', cause });
    expect(await bank.balanceYen()).toBe(balanceBefore);
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    expect(reversals.answered.get(purchase.rrn)).toBe(answered);
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

describe('a late answer', () => {
  it('changes nothing any more: the reversal stands', async () => {
    await bank.fault({ fault: 'late', delayMs: 400, times: 1 });
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    // The late 0210 arrives while another purchase waits, and is not taken for its answer.
    await bank.fault({ fault: 'slow', delayMs: 200, times: 1 });
    expect(await link.purchase(purchases.next(100))).toMatchObject({ outcome: 'approved' });
    expect(await bank.balanceYen()).toBe(900);
    expect(link.isSignedOn()).toBe(true);
  });

  it('of a request that comes after its own reversal is a refusal, and nothing is ever posted', async () => {
    await bank.fault({ fault: 'slow', delayMs: 500, times: 1 });
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toEqual({ outcome: 'unknown', cause: 'timed-out' });
    reversals.add(purchases.reversalOf(purchase));
    await settled();
    expect(reversals.answered.get(purchase.rrn)).toBe('original-not-found 25');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await bank.balanceYen()).toBe(1_000);
    expect((await bank.ledger()).lines).toHaveLength(2);
  });
});

describe('a reversal whose answer does not come', () => {
  it('is repeated as 0421 until it does, and gives the money back once', async () => {
    const purchase = purchases.next(300);
    expect(await link.purchase(purchase)).toMatchObject({ outcome: 'approved', responseCode: '00' });
    await bank.fault({ fault: 'drop-response', times: 2 });
    reversals.add(purchases.reversalOf(purchase, { reason: '22' }));
    expect(await forwarder.forwardAll()).toBe('again');
    expect(await forwarder.forwardAll()).toBe('again');
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
