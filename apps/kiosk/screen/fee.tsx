// The fee to be paid, in large figures.
import type { ReactNode } from 'react';
import { yenWords } from '#libs/ui/words.js';

export function Fee({ feeYen }: { readonly feeYen: number }): ReactNode {
  return (
    <p className="amount">
      お支払いの料金 <strong>{yenWords(feeYen)}</strong>
    </p>
  );
}
