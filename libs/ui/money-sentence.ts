// What became of the money, as one sentence (DESIGN §1, promise 2). The data come from
// the charge's record; no screen words this by itself.
import type { Money } from '#libs/contract/screen.js';
import { unreachable } from '#libs/std/assert.js';
import { yenWords } from './words.js';

const nothingCharged = '料金はいただいていません。';

export function moneySentence(money: Money): string {
  switch (money.state) {
    case 'nothing-charged':
      return money.inquiryNumber === undefined ? nothingCharged : `${nothingCharged}控えの番号は${money.inquiryNumber}です。`;
    case 'charged':
      return `${yenWords(money.feeYen)}いただきました。`;
    case 'charged-in-doubt':
      return `${yenWords(money.feeYen)}いただきました。証明書が出ていなければお返しします。控えの番号は${money.inquiryNumber}です。`;
    case 'charged-in-part':
      return `${yenWords(money.paidYen + money.checkedYen)}いただきました。うち${yenWords(money.checkedYen)}は、出ていない分をお返しします。控えの番号は${money.inquiryNumber}です。`;
    case 'given-back':
      return `${yenWords(money.feeYen)}をお返ししました。控えの番号は${money.inquiryNumber}です。`;
    case 'nothing-stands':
      return `${yenWords(money.feeYen)}のお引き落としは残っていません。控えの番号は${money.inquiryNumber}です。`;
    case 'being-checked':
      return `${yenWords(money.feeYen)}のお支払いは確認中です。控えの番号は${money.inquiryNumber}です。`;
    default:
      return unreachable(money);
  }
}
