// A screen on which there is nothing to do but wait: what has been done, what is being
// done now, what comes next. The kiosk's states are the progress; nothing is invented.
import type { ReactNode } from 'react';
import { Tick } from '#libs/ui/signs.js';

export type Work = { readonly words: string; readonly state: 'done' | 'now' | 'next' };

export function Working({ works }: { readonly works: readonly Work[] }): ReactNode {
  return (
    <>
      <div className="bar" aria-hidden="true">
        <span />
      </div>
      <ul className="work">
        {works.map(({ words, state }) => (
          <li key={words} data-now={state === 'now' ? '' : undefined}>
            {state === 'done' ? <Tick /> : <span aria-hidden="true">{state === 'now' ? '▶' : '・'}</span>}
            <span>
              {words}
              <span className="only-heard">{{ done: '、終わりました', now: '、いましています', next: '、このあとです' }[state]}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
