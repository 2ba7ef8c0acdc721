// The two slots and the fictional citizens whose cards can be put into them.
import { useState, type ReactNode } from 'react';
import type { BenchCitizen, BenchSlot } from '#libs/contract/bench.js';
import type { BenchState } from '#libs/contract/simulators.js';
import { putIntoSlot } from './ask.js';
import type { Attempt } from './attempt.js';

type Props = { readonly slots: BenchState['slots']; readonly citizens: readonly BenchCitizen[]; readonly attempt: Attempt };

const slotNames: Readonly<Record<BenchSlot, string>> = { '1': 'マイナンバーカード', '2': 'キャッシュカード' };

export function Cards({ slots, citizens, attempt }: Props): ReactNode {
  const [chosen, setChosen] = useState(citizens[0]?.id ?? '');
  const citizen = citizens.find(({ id }) => id === chosen);
  return (
    <section aria-label="カード" className="panel cards">
      <h2>カード</h2>
      <label className="person">
        だれのカード
        <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {citizens.map(({ id, story, municipality }) => (
            <option key={id} value={id}>
              {story}（{municipality}）
            </option>
          ))}
        </select>
      </label>
      {citizen === undefined ? null : <Hint citizen={citizen} />}
      <div className="slots">
        {slots.map(({ slot, card }) => (
          <Slot key={slot} slot={slot} card={card} owner={citizens.find(({ id }) => id === card)} citizen={citizen} attempt={attempt} />
        ))}
      </div>
    </section>
  );
}

function Hint({ citizen }: { readonly citizen: BenchCitizen }): ReactNode {
  return (
    <p className="hint">
      {citizen.story}
      <br />
      暗証番号（架空）: マイナンバーカード <code>{citizen.pin ?? 'なし'}</code> ／ キャッシュカード <code>{citizen.bankPin ?? 'なし'}</code>
    </p>
  );
}

type SlotProps = {
  readonly slot: BenchSlot;
  readonly card: string | null;
  /** Whose card is in it. */
  readonly owner: BenchCitizen | undefined;
  readonly citizen: BenchCitizen | undefined;
  readonly attempt: Attempt;
};

function Slot({ slot, card, owner, citizen, attempt }: SlotProps): ReactNode {
  return (
    <div className={`slot slot-${slot}`} aria-label={slotNames[slot]} role="group">
      <b>{slotNames[slot]}</b>
      <div className="mouth">{card === null ? '（空）' : (owner?.story ?? card)}</div>
      {card === null ? (
        <button type="button" disabled={citizen === undefined} onClick={() => attempt(putIntoSlot(slot, citizen?.id ?? null))}>
          差し込む
        </button>
      ) : (
        <button type="button" onClick={() => attempt(putIntoSlot(slot, null))}>
          取り出す
        </button>
      )}
    </div>
  );
}
