// Steps 9 to 11: verified, made by the municipality, checked here. Nothing is charged yet.
import type { ReactNode } from 'react';
import { Talking } from '../drawings/talking.js';
import { Page } from '../page.js';
import { Working } from '../working.js';

export function Preparing(): ReactNode {
  return (
    <Page title="証明書を用意しています" lead="この場を離れずに、お待ちください。" picture={<Talking whom="office" />}>
      <Working
        works={[
          { words: '申し込み', state: 'done' },
          { words: '市区町村で証明書を作り、中身を確かめる', state: 'now' },
          { words: '料金のお支払い', state: 'next' },
          { words: '印刷', state: 'next' },
        ]}
      />
      <p>料金は、まだいただいていません。</p>
    </Page>
  );
}
