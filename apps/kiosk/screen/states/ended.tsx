// Every end that is not a delivery: one sentence, the money, what to do next. A card that
// is still inside comes first.
import type { ReactNode } from 'react';
import { MoneySentence } from '#libs/ui/money.js';
import { Notice } from '#libs/ui/notice.js';
import { Paper } from '../drawings/paper.js';
import { Counter } from '../drawings/people.js';
import { Slot } from '../drawings/slot.js';
import { Page } from '../page.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function Ended({ view }: { readonly view: ViewOf<'ended'> }): ReactNode {
  const { send } = useSession();
  const { sentence, money, next, cardInside, paper } = view.data;
  return (
    <Page
      title={sentence}
      lead={null}
      picture={cardInside ? <Slot card="any" way="out" /> : paper === 'none' ? <Counter /> : <Paper moment="ready" />}
      next={{ words: paper === 'none' ? '確認しました' : '紙は残っていません', onPress: () => send({ type: 'done' }) }}
    >
      {cardInside ? (
        <Notice kind="warn">
          <strong>カードが残っています。お取りください。</strong>
        </Notice>
      ) : null}
      {paper === 'none' ? null : (
        <Notice kind="warn">
          <strong>{paper === 'out' ? '出てきた紙をすべてお取りください。' : '紙が出ていないか、取り出し口をご確認ください。'}</strong>
        </Notice>
      )}
      <MoneySentence money={money} />
      <p className="aim">
        <b>このあと</b>
        <span className="big">{next}</span>
      </p>
    </Page>
  );
}
