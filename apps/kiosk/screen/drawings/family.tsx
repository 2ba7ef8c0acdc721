// A household, to choose from.
import type { ReactNode } from 'react';
import { Drawing } from './parts.js';

const ink = 'var(--color-neutral-solid-gray-900)';

function Person({ x, size, fill }: { readonly x: number; readonly size: number; readonly fill: string }): ReactNode {
  return (
    <g transform={`translate(${x} ${250 - 190 * size}) scale(${size})`} stroke={ink} strokeWidth={3 / size} fill={fill}>
      <path d="M0 190v-62c0-26 18-42 44-42s44 16 44 42v62z" />
      <circle cx="44" cy="42" r="36" fill="#f3cfae" />
    </g>
  );
}

export function Family(): ReactNode {
  return (
    <Drawing says="世帯の人たちの図">
      <path d="M20 110L200 18l180 92" fill="none" stroke="var(--tone)" strokeWidth="10" strokeLinecap="round" strokeLinejoin="round" />
      <Person x={62} size={0.82} fill="var(--color-primitive-blue-800)" />
      <Person x={146} size={0.76} fill="var(--color-primitive-orange-300)" />
      <Person x={226} size={0.6} fill="var(--color-primitive-yellow-300)" />
      <Person x={290} size={0.5} fill="var(--color-primitive-green-300)" />
      <path d="M40 252h320" stroke={ink} strokeWidth="4" strokeLinecap="round" />
    </Drawing>
  );
}
