// Step 12: the cash card comes out before the paper does.
import type { ReactNode } from 'react';
import { Slot } from '../drawings/slot.js';
import { Page } from '../page.js';

export function TakeCashCard(): ReactNode {
  return (
    <Page title="キャッシュカードをお取りください" lead="カードを取ると、印刷が始まります。" picture={<Slot card="cash" way="out" />}>
      <p className="big">取ったカードは、すぐにしまってください。</p>
      <p>このあと、カードは使いません。</p>
    </Page>
  );
}
