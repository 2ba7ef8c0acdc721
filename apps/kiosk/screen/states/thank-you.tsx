// Step 14: delivered. Nothing is to be left behind.
import type { ReactNode } from 'react';
import { MoneySentence } from '#libs/ui/money.js';
import { Tick } from '#libs/ui/signs.js';
import { Belongings } from '../drawings/certificate.js';
import { Page } from '../page.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function ThankYou({ view }: { readonly view: ViewOf<'thank-you'> }): ReactNode {
  const { send } = useSession();
  const { money } = view.data;
  const paid = money.state !== 'nothing-charged';
  const things = paid ? ['マイナンバーカード', 'キャッシュカード', '証明書と領収書'] : ['マイナンバーカード', '証明書'];
  return (
    <Page
      title="ご利用ありがとうございました"
      lead="お忘れ物がないか、お確かめください。"
      picture={<Belongings paid={paid} />}
      next={{ words: '終わる', onPress: () => send({ type: 'done' }) }}
    >
      <ul className="work">
        {things.map((thing) => (
          <li key={thing} className="big">
            <Tick />
            {thing}
          </li>
        ))}
      </ul>
      <MoneySentence money={money} />
      <p>ほかの証明書も必要なときは、もう一度マイナンバーカードを差し込んでください。</p>
    </Page>
  );
}
