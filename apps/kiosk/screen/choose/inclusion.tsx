// One optional item: on the sheet or not. Without a preset: a default would decide for the person.
import type { ReactNode } from 'react';
import { ChoiceCard } from '#libs/ui/choice-card.js';
import { Notice } from '#libs/ui/notice.js';
import { Certificate } from '../drawings/certificate.js';
import { Page } from '../page.js';
import type { DecisionProps } from './decision-props.js';
import type { Inclusion } from './draft.js';
import { Missing } from './missing.js';

const said: Readonly<Record<Inclusion, { readonly title: string; readonly lead: string }>> = {
  relationship: {
    title: '世帯主と続柄をのせますか',
    lead: '続柄は「夫」「妻」「子」などの関係です。提出先に言われたときに選びます。',
  },
  domicile: {
    title: '本籍と筆頭者をのせますか',
    lead: '「本籍地の入ったもの」と提出先に言われたときに選びます。',
  },
  myNumber: {
    title: '個人番号（マイナンバー）をのせますか',
    lead: 'ふつうは「のせない」を選びます。',
  },
};

export function ChooseInclusion({ draft, onDraft, way, missing, inclusion }: DecisionProps & { readonly inclusion: Inclusion }): ReactNode {
  const choose = (value: boolean): void => onDraft({ ...draft, includes: { ...draft.includes, [inclusion]: value } });
  const chosen = draft.includes[inclusion];
  return (
    <Page {...said[inclusion]} picture={<Certificate marked={inclusion} />} {...way}>
      {inclusion === 'myNumber' ? (
        <Notice kind="warn">
          <strong>個人番号をのせると、提出先が限られます。</strong>
          法律で決められた手続きのほかでは、受け取ってもらえません。
        </Notice>
      ) : null}
      <div className="choices" role="radiogroup" aria-label={said[inclusion].title}>
        <ChoiceCard name={inclusion} of="one" title="のせない" chosen={chosen === false} onChoose={() => choose(false)} />
        <ChoiceCard name={inclusion} of="one" title="のせる" chosen={chosen === true} onChoose={() => choose(true)} />
      </div>
      <Missing shown={missing}>「のせる」か「のせない」を選んでください。</Missing>
    </Page>
  );
}
