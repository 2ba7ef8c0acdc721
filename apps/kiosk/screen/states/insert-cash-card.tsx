// Step 12: the fee, the inquiry number before anything leaves for the bank, and the cash card.
import type { ReactNode } from 'react';
import { Notice } from '#libs/ui/notice.js';
import { Fee } from '../fee.js';
import { Talking } from '../drawings/talking.js';
import { Slot } from '../drawings/slot.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function InsertCashCard({ view }: { readonly view: ViewOf<'insert-cash-card'> }): ReactNode {
  const { feeYen, inquiryNumber, problem, reading } = view.data;
  return (
    <Page
      title={reading ? 'キャッシュカードを読み取っています' : 'キャッシュカードを差し込んでください'}
      lead={reading ? 'カードを抜かずに、お待ちください。' : '銀行のキャッシュカードで料金をお支払いください。'}
      picture={reading ? <Talking whom="card" /> : <Slot card="cash" way="in" />}
    >
      {problem === null ? null : <Notice kind="warn">{problem}</Notice>}
      <Fee feeYen={feeYen} />
      <p>証明書の用意ができました。料金は、まだいただいていません。</p>
      <p>
        控えの番号 <strong>{inquiryNumber}</strong>
      </p>
    </Page>
  );
}
