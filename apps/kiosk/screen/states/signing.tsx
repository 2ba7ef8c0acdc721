// Step 7: the card signs the request.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Page } from '../page.js';
import { Working } from '../working.js';

export function Signing(): ReactNode {
  return (
    <Page title="申し込みの手続きをしています" lead="カードを抜かずに、お待ちください。" picture={<Talking whom="card" />}>
      <Working
        works={[
          { words: '内容の確認', state: 'done' },
          { words: 'カードで申し込みに署名する', state: 'now' },
          { words: 'カードをお返しする', state: 'next' },
        ]}
      />
    </Page>
  );
}
