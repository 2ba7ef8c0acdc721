// One of at most six choices: a native radio button or check box that fills its whole
// card, so that finger, keyboard and screen reader all meet the same thing.
import type { ReactNode } from 'react';
import { Tick } from './signs.js';

type Props = {
  readonly name: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** At the right edge, e.g. the fee. */
  readonly aside?: string;
  readonly chosen: boolean;
  /** `many`: a check box, several may be chosen. */
  readonly of: 'one' | 'many';
  readonly onChoose: (chosen: boolean) => void;
};

export function ChoiceCard({ name, title, detail, aside, chosen, of, onChoose }: Props): ReactNode {
  return (
    <label className="choice">
      <input
        type={of === 'one' ? 'radio' : 'checkbox'}
        name={name}
        checked={chosen}
        onChange={(event) => onChoose(event.currentTarget.checked)}
      />
      <span className={`choice-mark ${of === 'many' ? 'of-many' : ''}`} aria-hidden="true">
        <Tick />
      </span>
      <ChoiceWords title={title} detail={detail} />
      {aside === undefined ? null : <span className="choice-aside">{aside}</span>}
    </label>
  );
}

/** What exists but cannot be had now, with the sentence that says when. */
export function ClosedChoice({ title, detail }: { readonly title: string; readonly detail: string }): ReactNode {
  return (
    <div className="choice closed">
      <span aria-hidden="true" />
      <ChoiceWords title={title} detail={detail} />
    </div>
  );
}

function ChoiceWords({ title, detail }: Pick<Props, 'title' | 'detail'>): ReactNode {
  return (
    <span className="choice-words">
      <strong>{title}</strong>
      {detail === undefined ? null : <span>{detail}</span>}
    </span>
  );
}
