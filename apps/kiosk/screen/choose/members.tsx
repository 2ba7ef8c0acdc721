// Which of the household, at most six a screen; 次へ turns the page, so nobody is overlooked.
import type { ReactNode } from 'react';
import { ChoiceCard } from '#libs/ui/choice-card.js';
import { RegisteredName } from '#libs/ui/registered-name.js';
import { Page } from '../page.js';
import type { DecisionProps } from './decision-props.js';
import type { Decision } from './draft.js';
import { Missing } from './missing.js';

type Props = DecisionProps & { readonly page: Extract<Decision, { name: 'members' }> };

export function ChooseMembers({ draft, onDraft, way, missing, page }: Props): ReactNode {
  const toggle = (id: string, chosen: boolean): void => {
    const others = draft.members.filter((member) => member !== id);
    onDraft({ ...draft, members: chosen ? [...others, id] : others });
  };
  const many = page.pages > 1 ? `${page.pages}画面のうち${page.page + 1}画面めです。` : '何人でも選べます。';
  return (
    <Page title="のせる人を選んでください" lead={`${many}いま${draft.members.length}人を選んでいます。`} {...way}>
      <div className="choices of-people" role="group" aria-label="世帯の人">
        {page.people.map((member) => (
          <ChoiceCard
            key={member.id}
            name="member"
            of="many"
            title={<RegisteredName name={member.name} />}
            detail={member.isAsker ? `${member.relationship}（あなた）` : member.relationship}
            chosen={draft.members.includes(member.id)}
            onChoose={(chosen) => toggle(member.id, chosen)}
          />
        ))}
      </div>
      <Missing shown={missing}>のせる人を1人以上選んでください。</Missing>
    </Page>
  );
}
