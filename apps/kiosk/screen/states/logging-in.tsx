// Step 4: the card has signed the login; center, public certificate authority and municipality are asked.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Page } from '../page.js';
import { Working } from '../working.js';

export function LoggingIn(): ReactNode {
  return (
    <Page title="市区町村に確認しています" lead="カードを抜かずに、お待ちください。" picture={<Talking whom="office" />}>
      <Working
        works={[
          { words: '暗証番号の確認', state: 'done' },
          { words: '受け取れる証明書を、市区町村に問い合わせる', state: 'now' },
          { words: '証明書を選んでいただく', state: 'next' },
        ]}
      />
    </Page>
  );
}
