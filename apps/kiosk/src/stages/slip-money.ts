// The money on the slip. A slip is read days later, so it says nothing that is true only now
// (「確認中」), and its number stands above: what was paid, what is done about it, and where the result can be asked for.
import { moneyOf } from '#libs/session/money.js';
import type { Visit } from '#libs/session/state.js';
import { unreachable } from '#libs/std/assert.js';
import { moneySentence } from '#libs/ui/money-sentence.js';
import { yenWords } from '#libs/ui/words.js';
import type { ChargeRow } from '../storage/entities.js';

const askByNumber = '結果は、控えの番号でお調べできます。';

/** `charge`: the charge of the visit that was not declined. Its approval code says that the bank took the money. */
export function slipMoney(visit: Visit, charge: Pick<ChargeRow, 'approvalCode'> | null): string {
  const fee = yenWords(visit.chosen?.feeYen ?? 0);
  switch (visit.charge) {
    case 'reversing':
      return charge?.approvalCode == null
        ? `${fee}のお支払いは取り消します。引き落とされていれば、全額をお返しします。${askByNumber}`
        : `お支払いいただいた${fee}はお返しします。${askByNumber}`;
    case 'posted':
      return `${fee}をお支払いいただきました。証明書が出ていない分はお返しします。${askByNumber}`;
    case 'reversed':
      return `${fee}をお返ししました。`;
    case 'nothing-stands':
      return `${fee}のお引き落としは残っていません。`;
    case 'none':
    case 'declined':
      return moneySentence({ state: 'nothing-charged' });
    case 'pending':
    case 'unknown':
      // An end with its slip has written the reversal down.
      return moneySentence(moneyOf(visit));
    default:
      return unreachable(visit.charge);
  }
}
