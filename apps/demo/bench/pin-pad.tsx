// The bank's PIN pad: its own display and its own keys. It shows how many digits it has, as
// the real one does, and no page ever learns which.
import type { ReactNode } from 'react';
import type { BenchKey } from '#libs/contract/bench.js';
import type { BenchState } from '#libs/contract/simulators.js';
import { yenWords } from '#libs/ui/words.js';
import { pressKey } from './ask.js';
import type { Attempt } from './attempt.js';

type Props = { readonly pad: BenchState['pinPad']; readonly attempt: Attempt };

const rows: readonly { readonly key: BenchKey; readonly words: string }[] = [
  ...(['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const).map((key) => ({ key, words: key })),
  { key: 'clear', words: '訂正' },
  { key: '0', words: '0' },
  { key: 'enter', words: '確定' },
  { key: 'cancel', words: '取消' },
];

export function PinPad({ pad, attempt }: Props): ReactNode {
  return (
    <section aria-label="銀行の暗証番号キー" className="panel pad" data-asking={pad.asking}>
      <h2>銀行の暗証番号キー</h2>
      <div className="pad-display" role="status">
        <span>{pad.asking ? '暗証番号を押してください' : '待機中'}</span>
        <span>
          {pad.amountYen === null ? '' : yenWords(pad.amountYen)} <b>{'＊'.repeat(pad.digits)}</b>
        </span>
      </div>
      <div className="pad-keys">
        {rows.map(({ key, words }) => (
          <button key={key} type="button" className={`key-${key}`} onClick={() => attempt(pressKey(key))}>
            {words}
          </button>
        ))}
      </div>
    </section>
  );
}
