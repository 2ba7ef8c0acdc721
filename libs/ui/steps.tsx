// Where I am on the way: the past ticked, the present filled and bold.
import type { ReactNode } from 'react';
import { Tick } from './signs.js';

export function Steps({ names, now }: { readonly names: readonly string[]; readonly now: number }): ReactNode {
  return (
    <ol className="steps" aria-label={`${names.length}つのうち${now + 1}つめ、${names[now] ?? ''}`}>
      {names.map((name, at) => (
        <li
          key={name}
          data-now={at === now ? '' : undefined}
          data-past={at < now ? '' : undefined}
          aria-current={at === now ? 'step' : undefined}
        >
          <b>{at < now ? <Tick /> : at + 1}</b>
          {name}
        </li>
      ))}
    </ol>
  );
}
