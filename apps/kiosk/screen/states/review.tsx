// Step 6: what, whose, how many, how much, before anything is signed. A large household's
// names have pages of their own, so that everybody is seen and nothing scrolls.
import { useState, type ReactNode } from 'react';
import { inPages } from '#libs/ui/in-pages.js';
import { isLongName } from '#libs/ui/name-width.js';
import { RegisteredName } from '#libs/ui/registered-name.js';
import { words, yenWords } from '#libs/ui/words.js';
import { limits } from '../limits.js';
import { Page } from '../page.js';
import { useRenewal } from '../renewal.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function Review({ view }: { readonly view: ViewOf<'review'> }): ReactNode {
  const { send } = useSession();
  const touched = useRenewal();
  const { memberNames } = view.data;
  const long = memberNames.some(isLongName);
  const beside = !long && memberNames.length <= limits.namesInReview;
  const pages = beside ? [] : inPages(memberNames, long ? limits.longNamesAPage : limits.namesAPage);
  const [at, setAt] = useState(0);
  const turnTo = (page: number): void => {
    touched();
    setAt(page);
  };
  const back = { words: words.back, onPress: () => (at === 0 ? send({ type: 'back' }) : turnTo(at - 1)) };
  const names = pages[at];
  if (names !== undefined)
    return (
      <Page
        title="のせる人を確かめてください"
        lead={`全部で${memberNames.length}人です。${pages.length > 1 ? `（${pages.length}ページのうち${at + 1}ページめ）` : ''}`}
        back={back}
        next={{ words: words.next, onPress: () => turnTo(at + 1) }}
      >
        <Names names={names} large />
      </Page>
    );
  return (
    <Page
      title="この内容でよろしいですか"
      lead={`${view.data.municipality}に申し込みます。料金は、まだいただいていません。`}
      back={back}
      next={{ words: 'これで申し込む', onPress: () => send({ type: 'confirm' }) }}
    >
      <Facts data={view.data} allNames={beside} />
    </Page>
  );
}

function Facts({ data, allNames }: { readonly data: ViewOf<'review'>['data']; readonly allNames: boolean }): ReactNode {
  const { choice, memberNames, copies, feeYen } = data;
  const included = inclusions(choice);
  return (
    <dl className="facts">
      <dt>証明書</dt>
      <dd className="big">
        {data.title}（{choice.scope === 'household' ? '世帯の全員' : '世帯の一部'}）
      </dd>
      <dt>のせる人</dt>
      <dd>{allNames ? <Names names={memberNames} /> : `${memberNames.length}人（前の画面の人たち）`}</dd>
      <dt>のせる内容</dt>
      <dd>
        氏名・住所など
        {included.length > 0 ? `のほか、${included.join('、')}` : '（続柄、本籍、個人番号はのせません）'}
        {choice.myNumber ? <strong>（提出先が限られます）</strong> : null}
      </dd>
      <dt>部数と料金</dt>
      <dd className="large">
        {copies}部で {feeYen === 0 ? '無料' : yenWords(feeYen)}
      </dd>
    </dl>
  );
}

function inclusions(choice: ViewOf<'review'>['data']['choice']): readonly string[] {
  return [
    ...(choice.relationship ? ['世帯主・続柄'] : []),
    ...(choice.domicile ? ['本籍・筆頭者'] : []),
    ...(choice.myNumber ? ['個人番号'] : []),
  ];
}

function Names({ names, large = false }: { readonly names: readonly string[]; readonly large?: boolean }): ReactNode {
  return (
    <ul className={`names ${names.length === 1 ? 'one' : ''} ${large ? 'large' : ''}`}>
      {names.map((name, at) => (
        <li key={at}>
          <RegisteredName name={name} />
        </li>
      ))}
    </ul>
  );
}
