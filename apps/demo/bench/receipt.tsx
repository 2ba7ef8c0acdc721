// The receipt printer and the slips that came out of it, the newest first.
import type { ReactNode } from 'react';
import type { BenchState } from '#libs/contract/simulators.js';
import type { Attempt } from './attempt.js';
import { Faults } from './faults.js';

type Props = { readonly receipt: BenchState['receipt']; readonly faults: readonly string[]; readonly attempt: Attempt };

export function Receipt({ receipt, faults, attempt }: Props): ReactNode {
  const slips = receipt.slips.map((text, at) => ({ text, at })).toReversed();
  return (
    <section aria-label="レシートプリンター" className="panel receipt">
      <h2>レシートプリンター</h2>
      <Faults device="receipt" now={receipt.fault} faults={faults} attempt={attempt} />
      <div className="slips">
        {slips.length === 0 ? <span>（まだありません）</span> : null}
        {slips.map(({ text, at }) => (
          <pre key={at}>{text}</pre>
        ))}
      </div>
    </section>
  );
}
