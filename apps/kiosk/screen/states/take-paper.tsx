// Step 14: the paper is there; the person says so when it is taken.
import type { ReactNode } from 'react';
import { MoneySentence } from '#libs/ui/money.js';
import { Paper } from '../drawings/paper.js';
import { Page } from '../page.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function TakePaper({ view }: { readonly view: ViewOf<'take-paper'> }): ReactNode {
  const { send } = useSession();
  const { copies, pages, money } = view.data;
  return (
    <Page
      title="証明書をお取りください"
      lead="取り出し口から、すべての紙をお取りください。"
      picture={<Paper moment="ready" />}
      next={{ words: '全部取りました', onPress: () => send({ type: 'done' }) }}
    >
      <p className="amount">
        {copies}部<strong>紙は全部で{pages}枚</strong>
      </p>
      <MoneySentence money={money} />
      <p>枚数をお確かめのうえ、「全部取りました」を押してください。</p>
    </Page>
  );
}
