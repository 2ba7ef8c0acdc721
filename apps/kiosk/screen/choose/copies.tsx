// How many copies, and what they cost together.
import type { ReactNode } from 'react';
import type { OfferItem } from '#libs/contract/offer.js';
import { Button } from '#libs/ui/button.js';
import { yenWords } from '#libs/ui/words.js';
import { Copies } from '../drawings/certificate.js';
import { Page } from '../page.js';
import type { DecisionProps } from './decision-props.js';

export function ChooseCopies({ draft, onDraft, way, item }: DecisionProps & { readonly item: OfferItem }): ReactNode {
  const change = (by: number): void => onDraft({ ...draft, copies: draft.copies + by });
  return (
    <Page
      title="何部必要ですか"
      lead={`「＋」と「−」で変えられます。${item.maxCopies}部まで選べます。`}
      picture={<Copies copies={draft.copies} />}
      {...way}
    >
      <div className="stepper">
        <Button spoken="1部へらす" off={draft.copies <= 1} onPress={() => change(-1)}>
          −
        </Button>
        <output aria-live="polite">
          {draft.copies}
          <small>部</small>
        </output>
        <Button spoken="1部ふやす" off={draft.copies >= item.maxCopies} onPress={() => change(1)}>
          ＋
        </Button>
      </div>
      <p className="amount">
        {item.feeYen === 0 ? '料金' : `${yenWords(item.feeYen)} × ${draft.copies}部`}
        <strong>{item.feeYen === 0 ? '無料' : yenWords(item.feeYen * draft.copies)}</strong>
      </p>
    </Page>
  );
}
