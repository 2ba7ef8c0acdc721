// What the answer to a reversal proves: "given back" is said only of money that was taken.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellingStore } from './money-side.js';
import { openStores, type Stores } from './parts.js';

const session = 'aaaaaaaa-0000-4000-8000-000000000001';

let folder: string;
let stores: Stores & { close(): Promise<void> };
let told: boolean[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-kiosk-'));
  stores = await openStores(join(folder, 'kiosk.db'));
  told = [];
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

type Outcome = Parameters<Stores['charges']['record']>[1];

async function reversedAfter(outcome: Outcome, answer: 'reversed' | 'original-not-found' | 'refused'): Promise<void> {
  const { charges } = stores;
  const { rrn } = await charges.intend({ session, amountYen: 300, nowMs: 0 });
  await charges.record(rrn, outcome);
  await charges.intendReversal(session, { reason: '68', nowMs: 0 });
  const store = tellingStore(charges, (_session, wasPosted) => told.push(wasPosted));
  await store.markAnswered(rrn, { outcome: answer, responseCode: '00' });
}

it('tells that the money came back where the bank had said that it took it', async () => {
  await reversedAfter({ state: 'posted', responseCode: '00', approvalCode: 'A00001' }, 'reversed');
  expect(told).toEqual([true]);
});

it('does not tell it where the answer to the purchase never came: the bank may have declined it', async () => {
  await reversedAfter({ state: 'unknown', unknownCause: 'timed-out' }, 'reversed');
  expect(told).toEqual([false]);
});

it('tells that nothing stands where the bank has never heard of the purchase', async () => {
  await reversedAfter({ state: 'unknown', unknownCause: 'timed-out' }, 'original-not-found');
  expect(told).toEqual([false]);
});

it('tells nothing where the bank refuses the reversal', async () => {
  await reversedAfter({ state: 'unknown', unknownCause: 'timed-out' }, 'refused');
  expect(told).toEqual([]);
});
