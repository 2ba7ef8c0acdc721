// What the drawings share: the sheet they stand on and the arrow.
import type { ReactNode } from 'react';

export function Drawing({ says, children }: { readonly says: string; readonly children: ReactNode }): ReactNode {
  return (
    <svg viewBox="0 0 400 300" role="img" aria-label={says} preserveAspectRatio="xMidYMid meet">
      {children}
    </svg>
  );
}

/** 60 × 110, its corner at x, y. */
export function Arrow({ x, y, up }: { readonly x: number; readonly y: number; readonly up: boolean }): ReactNode {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path
        className={up ? 'nudge-up' : 'nudge-down'}
        d={up ? 'M30 0L60 42H42V110H18V42H0z' : 'M30 110L60 68H42V0H18V68H0z'}
        fill="var(--color-primitive-red-800)"
        stroke="#fff"
        strokeWidth="3"
        strokeLinejoin="round"
      />
    </g>
  );
}
