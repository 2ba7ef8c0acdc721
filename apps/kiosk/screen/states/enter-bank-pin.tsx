// Step 12: the cash card's PIN is typed on the bank's own pad. Nothing on this screen takes
// a digit; it shows only how many the pad has taken.
import type { ReactNode } from 'react';
import { Masked } from '#libs/ui/keypad.js';
import { Notice } from '#libs/ui/notice.js';
import { BankPad } from '../drawings/bank-pad.js';
import { Fee } from '../fee.js';
import { limits } from '../limits.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function EnterBankPin({ view }: { readonly view: ViewOf<'enter-bank-pin'> }): ReactNode {
  const { feeYen, digits, problem } = view.data;
  return (
    <Page
      title="キャッシュカードの暗証番号を、手元のキーで押してください"
      lead="この画面では押せません。最後に「確定」を押します。"
      picture={<BankPad />}
    >
      {problem === null ? (
        <Notice kind="tell">マイナンバーカードの暗証番号ではありません。</Notice>
      ) : (
        <Notice kind="warn">{problem}</Notice>
      )}
      <Masked entered={Math.min(digits, limits.pinDigits)} of={limits.pinDigits} />
      <Fee feeYen={feeYen} />
    </Page>
  );
}
