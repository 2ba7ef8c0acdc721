// Which certificate. What is closed now is shown with the sentence that says when it opens.
import type { ReactNode } from 'react';
import { ChoiceCard, ClosedChoice } from '#libs/ui/choice-card.js';
import { yenWords } from '#libs/ui/words.js';
import { Certificate } from '../drawings/certificate.js';
import { Page } from '../page.js';
import type { DecisionProps } from './decision-props.js';
import { Missing } from './missing.js';

export function ChooseCertificate({ offered, draft, onDraft, way, missing }: DecisionProps): ReactNode {
  const open = offered.items.some((item) => item.closed === null);
  return (
    <Page
      title="どの証明書が必要ですか"
      lead={
        open ? `${offered.municipality}の証明書から、1つ選んでください。` : 'いま受け取れる証明書はありません。「やめる」を押してください。'
      }
      picture={offered.items.length <= 3 ? <Certificate marked={null} /> : null}
      {...(open ? { next: way.next } : {})}
    >
      <div className="choices" role="radiogroup" aria-label="証明書">
        {offered.items.map((item) =>
          item.closed === null ? (
            <ChoiceCard
              key={item.kind}
              name="certificate"
              of="one"
              title={item.title}
              detail="住所や家族を証明する書類です"
              aside={item.feeYen === 0 ? '無料' : `1部 ${yenWords(item.feeYen)}`}
              chosen={draft.kind === item.kind}
              onChoose={() => onDraft({ ...draft, kind: item.kind })}
            />
          ) : (
            <ClosedChoice key={item.kind} title={item.title} detail={item.closed} />
          ),
        )}
      </div>
      <Missing shown={missing}>証明書を1つ選んでください。</Missing>
    </Page>
  );
}
