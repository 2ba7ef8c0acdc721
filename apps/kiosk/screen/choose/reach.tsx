// Whose: the whole household, only oneself, or some of the household.
import type { ReactNode } from 'react';
import { ChoiceCard } from '#libs/ui/choice-card.js';
import { Family } from '../drawings/family.js';
import { Page } from '../page.js';
import type { DecisionProps } from './decision-props.js';
import type { Reach } from './draft.js';
import { Missing } from './missing.js';

export function ChooseReach({
  offered,
  draft,
  onDraft,
  way,
  missing,
  reaches,
}: DecisionProps & { readonly reaches: readonly Reach[] }): ReactNode {
  const people = offered.members.length;
  const said: Readonly<Record<Reach, { readonly title: string; readonly detail: string }>> = {
    household: { title: '世帯の全員', detail: people > 1 ? `同じ世帯の${people}人をのせます` : '世帯の全員であることの証明が付きます' },
    self: { title: '本人だけ', detail: 'あなた1人をのせます' },
    some: { title: '世帯の一部の人', detail: '次の画面で人を選びます' },
  };
  return (
    <Page title="だれをのせますか" lead="1つ選んで「次へ」を押してください。" picture={<Family />} {...way}>
      <div className="choices" role="radiogroup" aria-label="のせる人">
        {reaches.map((reach) => (
          <ChoiceCard
            key={reach}
            name="reach"
            of="one"
            {...said[reach]}
            chosen={draft.reach === reach}
            onChoose={() => onDraft({ ...draft, reach, members: [] })}
          />
        ))}
      </div>
      <Missing shown={missing}>だれをのせるか、1つ選んでください。</Missing>
    </Page>
  );
}
