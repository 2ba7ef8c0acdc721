// The switches that make a device fail. The demo says which there are; the words for those
// known are here, an unknown one is shown by its name.
import type { ReactNode } from 'react';
import { setFault } from './ask.js';
import type { Attempt } from './attempt.js';

type Props = {
  readonly device: 'printer' | 'receipt';
  readonly now: string;
  readonly faults: readonly string[];
  readonly attempt: Attempt;
};

const known: Readonly<Record<string, string>> = {
  none: '正常',
  'out-of-paper': '用紙切れ',
  'jam-before-first-sheet': '紙づまり（1枚目の前）',
  'jam-after-one-sheet': '紙づまり（1枚出たあと）',
  stopped: '一時停止',
  'canceled-with-sheets-out': '紙が出てから取り消し',
  'lost-after-restart': '再起動して仕事を忘れる',
  'missing-attributes': '状態を言わない',
  slow: '遅い',
  offline: '電源断',
  'out-of-paper-while-printing': '印字中に用紙切れ',
  'cover-open': 'カバーが開いている',
  silent: '返事をしない',
};

export function Faults({ device, now, faults, attempt }: Props): ReactNode {
  return (
    <div className="faults" role="group" aria-label="故障スイッチ">
      {faults.map((fault) => (
        <button key={fault} type="button" title={fault} aria-pressed={fault === now} onClick={() => attempt(setFault(device, fault))}>
          {known[fault] ?? fault}
        </button>
      ))}
    </div>
  );
}
