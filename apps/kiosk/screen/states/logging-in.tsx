// Steps 3 and 4: the card checks the PIN and signs the login; the center, the public
// certificate authority and the municipality are asked.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Page } from '../page.js';
import { Working } from '../working.js';

export function LoggingIn(): ReactNode {
  return (
    <Page title="確認しています" lead="カードを抜かずに、お待ちください。" picture={<Talking whom="office" />}>
      <Working
        works={[
          { words: '暗証番号の入力', state: 'done' },
          { words: '暗証番号を確かめ、市区町村に問い合わせる', state: 'now' },
          { words: '証明書を選んでいただく', state: 'next' },
        ]}
      />
    </Page>
  );
}
