// A sentence that must not be overlooked, inside the page and never over it. It is
// announced when it appears.
import type { ReactNode } from 'react';
import { Caution, Information } from './signs.js';

type Props = { readonly kind: 'tell' | 'warn' | 'stop'; readonly children: ReactNode };

export function Notice({ kind, children }: Props): ReactNode {
  return (
    <div className={`notice ${kind}`} role={kind === 'tell' ? 'status' : 'alert'}>
      {kind === 'tell' ? <Information /> : <Caution />}
      <div>{children}</div>
    </div>
  );
}
