// 0420 and 0421: the whole amount goes back, once, however often it is asked.
import { getText, type Message } from '#libs/iso8583/message.js';
import { isReversalReason } from '#libs/iso8583/response-codes.js';
import { assert } from '#libs/std/assert.js';
import type { Books } from '../books/books.js';
import { feesAccount } from '../books/ledger.js';
import { keyOfOriginal } from './purchase.js';

/** The response code. Posts when there is something to give back; the caller commits. */
export function reverse(request: Message, books: Books): string {
  const key = keyOfOriginal(request);
  if (key === null || !isReversalReason(getText(request, 39))) return '30';
  const original = books.findTransaction(key);
  if (original === null) {
    books.addTombstone(key);
    return '25';
  }
  const amountYen = Number(getText(request, 4));
  // 「その一部を解消することはできません」: there is no partial reversal.
  if (amountYen !== original.amountYen) return '13';
  switch (original.state) {
    // Nothing stands posted, which is what was asked for.
    case 'declined':
    case 'reversed':
      return '00';
    case 'posted':
      assert(original.account !== '', 'posting-without-account');
      books.ledger.post({ kind: 'reversal', rrn: original.rrn, debit: feesAccount, credit: original.account, amountYen });
      books.setTransaction(key, { ...original, state: 'reversed' });
      return '00';
  }
}
