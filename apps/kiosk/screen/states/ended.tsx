// Every end that is not a delivery: one sentence, the money, what to do next. A card that
// is still inside comes first.
import type { ReactNode } from 'react';
import { unreachable } from '#libs/std/assert.js';
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
  const left = leftBehind(cardInside, paper);
  return (
    <Page
      title={sentence}
      lead={null}
      picture={cardInside ? <Slot card="any" way="out" /> : paper === 'none' ? <Counter /> : <Paper moment="ready" />}
      next={{ words: paper === 'none' ? '確認しました' : '紙は残っていません', onPress: () => send({ type: 'done' }) }}
    >
      {left === null ? null : (
        <Notice kind="warn">
          <strong>{left}</strong>
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

/** One sentence for all that must not be forgotten; null for nothing. */
function leftBehind(cardInside: boolean, paper: 'none' | 'out' | 'perhaps'): string | null {
  switch (paper) {
    case 'none':
      return cardInside ? 'カードが残っています。お取りください。' : null;
    case 'out':
      return cardInside ? 'カードと、出てきた紙をすべてお取りください。' : '出てきた紙をすべてお取りください。';
    case 'perhaps':
      return cardInside ? 'カードと、出ていれば紙を、お取りください。' : '紙が出ていないか、取り出し口をご確認ください。';
    default:
      return unreachable(paper);
  }
}
