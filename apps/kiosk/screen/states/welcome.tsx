// Before a card: what this machine gives, what one needs, and the one thing to do.
import type { ReactNode } from 'react';
import { Slot } from '../drawings/slot.js';
import { Page } from '../page.js';

export function Welcome(): ReactNode {
  return (
    <Page
      title="マイナンバーカードを差し込んでください"
      lead="住民票の写しなどの証明書を、この機械で受け取れます。"
      picture={<Slot card="my-number" way="in" />}
    >
      <p className="big">お手元にご用意ください</p>
      <ol className="needs">
        <li>
          <b>1</b>マイナンバーカードと、4けたの暗証番号
        </li>
        <li>
          <b>2</b>手数料を払うキャッシュカードと、その暗証番号
        </li>
      </ol>
      <p>一度に受け取れる証明書は1種類です。</p>
    </Page>
  );
}
