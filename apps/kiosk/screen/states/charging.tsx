// Step 12: the 0200 is on its way; from here on nothing can be stopped by hand.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Fee } from '../fee.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';
import { Working } from '../working.js';

export function Charging({ view }: { readonly view: ViewOf<'charging'> }): ReactNode {
  return (
    <Page title="お支払いの手続きをしています" lead="カードを抜かずに、お待ちください。" picture={<Talking whom="bank" />}>
      <Working
        works={[
          { words: '銀行に確認する', state: 'now' },
          { words: 'キャッシュカードをお返しする', state: 'next' },
          { words: '印刷', state: 'next' },
        ]}
      />
      <Fee feeYen={view.data.feeYen} />
      <p>
        控えの番号 <strong>{view.data.inquiryNumber}</strong>
      </p>
    </Page>
  );
}
