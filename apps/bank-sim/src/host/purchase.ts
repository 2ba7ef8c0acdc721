// 0200: authorise and post in one. The decision is the first of these that fails.
import { decodeOriginalData } from '#libs/iso8583/original-data.js';
import { getBytes, getText, type Message } from '#libs/iso8583/message.js';
import { dateInJapan } from '#libs/iso8583/times.js';
import type { Books } from '../books/books.js';
import { feesAccount } from '../books/ledger.js';
import type { AccountRecord } from '../books/state-file.js';
import { limits } from '../limits.js';

export type Decision = { readonly responseCode: '00'; readonly approvalCode: string } | { readonly responseCode: string };

/** By which a reversal finds its original: DE41, DE37 and what DE90 repeats. */
export function originalKey(parts: {
  readonly terminal: string;
  readonly rrn: string;
  readonly stan: string;
  readonly transmissionTime: string;
  readonly acquirer: string;
}): string {
  return [parts.terminal, parts.rrn, parts.stan, parts.transmissionTime, parts.acquirer].join('/');
}

export function keyOfPurchase(request: Message): string {
  return originalKey({
    terminal: getText(request, 41),
    rrn: getText(request, 37),
    stan: getText(request, 11),
    transmissionTime: getText(request, 7),
    acquirer: getText(request, 32).replace(/^0+(?=\d)/, ''),
  });
}

/** Null when DE90 does not name a 0200. */
export function keyOfOriginal(reversal: Message): string | null {
  const original = decodeOriginalData(getText(reversal, 90));
  if (original === null || original.mti !== '0200') return null;
  return originalKey({ ...original, terminal: getText(reversal, 41), rrn: getText(reversal, 37) });
}

export type Purchase = {
  readonly request: Message;
  /** A fault of the simulator: refused with this whatever it is. */
  readonly forcedCode: string | null;
};

/** Posts when it approves; the caller commits. */
export function authorise({ request, forcedCode }: Purchase, books: Books, nowMs: number): Decision {
  const key = keyOfPurchase(request);
  const amountYen = Number(getText(request, 4));
  const account = books.findAccount(getText(request, 2));
  const responseCode = forcedCode ?? refusalOf({ request, books, account, nowMs, key }) ?? '00';
  const rrn = getText(request, 37);
  if (responseCode !== '00' || account === null) {
    books.setTransaction(key, { state: 'declined', amountYen, account: account?.number ?? '', rrn });
    return { responseCode };
  }
  books.ledger.post({ kind: 'purchase', rrn, debit: account.number, credit: feesAccount, amountYen });
  books.setTransaction(key, { state: 'posted', amountYen, account: account.number, rrn });
  return { responseCode, approvalCode: `A${String(books.postedCount % 100_000).padStart(5, '0')}` };
}

type Checked = {
  readonly request: Message;
  readonly books: Books;
  readonly account: AccountRecord | null;
  readonly nowMs: number;
  readonly key: string;
};

function refusalOf({ request, books, account, nowMs, key }: Checked): string | null {
  // Reversed before it came: it must never post.
  if (books.hasTombstone(key)) return '05';
  if (!['000000', '001000'].includes(getText(request, 3)) || getText(request, 49) !== '392') return '12';
  if (getText(request, 22) !== '051' || getText(request, 25) !== '02') return '12';
  if (Number(getText(request, 4)) === 0) return '13';
  const track2 = /^(\d+)D(\d{4})\d{3}\d*$/.exec(getText(request, 35));
  if (track2 === null || track2[1] !== getText(request, 2)) return '30';
  if (account === null || getText(request, 23) !== account.panSequence.padStart(3, '0')) return '14';
  if ((track2[2] ?? '') < dateInJapan(nowMs).slice(2, 6)) return '54';
  // The PIN before the funds: who does not know it learns nothing of the balance.
  const pin = refusalOfPin(request, books, account);
  if (pin !== null) return pin;
  return books.balanceYen(account) < Number(getText(request, 4)) ? '51' : null;
}

function refusalOfPin(request: Message, books: Books, account: AccountRecord): string | null {
  if (account.pinTriesLeft === 0) return '75';
  const { pan, offset } = account;
  const verdict = books.hsm.verifyPin({ pan, offset, pinBlock: getBytes(request, 52), ksn: getBytes(request, 53) });
  switch (verdict) {
    case 'right':
      books.setPinTries(account, limits.pinTries);
      return null;
    case 'wrong':
      books.setPinTries(account, account.pinTriesLeft - 1);
      return account.pinTriesLeft === 1 ? '75' : '55';
    case 'unreadable':
      return '96';
    case 'replayed':
      return '58';
  }
}
