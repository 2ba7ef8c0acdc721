// Steps 1 and 2: the card is being read and the session opened.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Page } from '../page.js';
import { Working } from '../working.js';

export function ReadingCard(): ReactNode {
  return (
    <Page title="カードを確認しています" lead="カードを抜かずに、お待ちください。" picture={<Talking whom="card" />}>
      <Working
        works={[
          { words: 'カードを読み取る', state: 'now' },
          { words: '暗証番号を入力していただく', state: 'next' },
        ]}
      />
    </Page>
  );
}
