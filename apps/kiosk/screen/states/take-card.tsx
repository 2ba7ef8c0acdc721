// Step 8: nothing goes on until the My Number Card is taken.
import type { ReactNode } from 'react';
import { Notice } from '#libs/ui/notice.js';
import { Slot } from '../drawings/slot.js';
import { Page } from '../page.js';
import type { ViewOf } from '../stages.js';

export function TakeCard({ view }: { readonly view: ViewOf<'take-card'> }): ReactNode {
  const { sentence } = view.data;
  return (
    <Page title="マイナンバーカードをお取りください" lead="カードを取ると、次に進みます。" picture={<Slot card="my-number" way="out" />}>
      {sentence === null ? null : <Notice kind="warn">{sentence}</Notice>}
      <p className="big">取ったカードは、すぐにしまってください。</p>
      <p>このあと、マイナンバーカードは使いません。</p>
    </Page>
  );
}
