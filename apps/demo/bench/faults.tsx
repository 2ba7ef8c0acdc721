// The switches that make a device fail. The demo says which there are; the words for those
// known are here, an unknown one is shown by its name.
import type { ReactNode } from 'react';
import { setFault } from './ask.js';
import type { Attempt } from './bench.js';

type Props = {
  readonly device: 'printer' | 'receipt';
  readonly now: string;
  readonly faults: readonly string[];
  readonly attempt: Attempt;
};

const known: Readonly<Record<string, string>> = {
  none: '正常',
  jam: '紙づまり',
  'media-jam': '紙づまり',
  'paper-out': '用紙切れ',
  'out-of-paper': '用紙切れ',
  'media-empty': '用紙切れ',
  offline: '電源断',
  unreachable: '電源断',
  'door-open': 'カバー開',
  'toner-empty': 'トナー切れ',
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
