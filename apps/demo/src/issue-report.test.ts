// A visit of which nobody saw the end: whatever is said of it says what became of the money, and
// "not charged" only where no fee can have been taken.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { getCitizen } from '../world/citizens.js';
import type { Branch } from './branch.js';
import { lostVisit, report, type Report } from './issue-report.js';
import type { Visit } from './visit.js';

let bank: Server | null = null;
afterEach(() => {
  bank?.close();
  bank = null;
});

/** The bank's management port with these books; null: nobody is there. */
async function bankWith(lines: readonly object[] | null): Promise<string> {
  bank = createServer((_request, response) => void response.end(JSON.stringify({ lines: lines ?? [], sumYen: 0 })));
  await once(bank.listen(0, '127.0.0.1'), 'listening');
  const { port } = bank.address() as AddressInfo;
  if (lines === null) bank.close();
  return `http://127.0.0.1:${port}`;
}

async function reported(visited: Partial<Visit>, books: readonly object[] | null, isInterrupted = false): Promise<Report> {
  const addresses = { bankManagement: await bankWith(books) };
  const parts = { card: 'pcscd', database: 'sqlite', queue: 'timer', printer: 'emulated' };
  const branch = { addresses, parts } as Partial<Branch> as Branch;
  const visit: Visit = { ...lostVisit, ...visited };
  return report({ branch, citizen: getCitizen('hitori-gurashi'), visited: visit, fault: null, isInterrupted, keep: () => null });
}

const line = (kind: 'purchase' | 'reversal', amountYen: number): object => ({
  entry: 1,
  account: '9999-1',
  amountYen,
  rrn: '000000000001',
  kind,
});
const billed = { screens: ['insert-cash-card'], bill: { feeYen: 300, inquiryNumber: '123-456-7890' } };
const pinAsked = { ...billed, screens: [...billed.screens, 'enter-bank-pin'] };

const noEnd = '手続きの終わりを確認できませんでした。';
const nothing = '料金はいただいていません。';
const checked = '300円のお支払いは確認中です。控えの番号は123-456-7890です。';

it.each<{ when: string; visited: Partial<Visit>; books: readonly object[] | null; chargeState: string; money: string }>([
  { when: 'before there was a fee', visited: {}, books: [], chargeState: 'none', money: nothing },
  { when: 'before there was a fee, the bank away', visited: {}, books: null, chargeState: 'none', money: nothing },
  { when: 'before the PIN of the cash card', visited: billed, books: [], chargeState: 'none', money: nothing },
  { when: 'while a purchase may be on its way', visited: pinAsked, books: [], chargeState: 'open', money: checked },
  { when: 'the bank away', visited: pinAsked, books: null, chargeState: 'open', money: checked },
  { when: 'the fee taken', visited: pinAsked, books: [line('purchase', 300)], chargeState: 'posted', money: checked },
  {
    when: 'the fee taken and given back',
    visited: pinAsked,
    books: [line('purchase', 300), line('reversal', -300)],
    chargeState: 'reversed',
    money: '300円のお引き落としは残っていません。控えの番号は123-456-7890です。',
  },
])('no end, $when', async ({ visited, books, chargeState, money }) => {
  const made = await reported(visited, books);
  expect(made).toMatchObject({ outcome: 'unknown', chargeState, reason: { code: 'no-end', sentence: `${noEnd}${money}` } });
  expect(made.asPromised).toBe(false);
});

it('what this citizen is not offered costs nothing, and says so', async () => {
  const { reason } = await reported({ notOffered: 'copies=10' }, []);
  expect(reason?.code).toBe('not-offered');
  expect(reason?.sentence).toMatch(/（copies=10）。料金はいただいていません。$/);
});

it('an interruption is told as one', async () => {
  const { reason } = await reported(pinAsked, [], true);
  expect(reason).toEqual({ code: 'interrupted', sentence: `手続きの途中で止められました。${checked}` });
});
