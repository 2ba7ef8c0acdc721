// The printer's tray: paper on its way, and paper to be taken.
import type { ReactNode } from 'react';
import { Arrow, Drawing } from './parts.js';

type Moment = 'printing' | 'ready';
const ink = 'var(--color-neutral-solid-gray-900)';

export function Paper({ moment }: { readonly moment: Moment }): ReactNode {
  const ready = moment === 'ready';
  return (
    <Drawing says={ready ? '印刷された紙を取り出す図' : '紙を印刷している図'}>
      <g className={ready ? 'comes-out' : 'slides'}>
        <Sheet y={ready ? 96 : 70} />
      </g>
      <g stroke="var(--color-neutral-solid-gray-700)" strokeWidth="3">
        <rect x="48" y="8" width="304" height="98" rx="14" fill="var(--color-neutral-solid-gray-100)" />
      </g>
      <rect x="92" y="82" width="216" height="16" rx="8" fill={ink} />
      <rect x="112" y="22" width="176" height="38" rx="6" fill="var(--tone)" />
      <text x="200" y="49" fontSize="23" fontWeight="700" textAnchor="middle" fill="#fff">
        取り出し口
      </text>
      {ready ? <Arrow x={316} y={150} up={false} /> : null}
    </Drawing>
  );
}

function Sheet({ y }: { readonly y: number }): ReactNode {
  return (
    <g transform={`translate(112 ${y})`} fill="none" strokeLinecap="round">
      <rect width="176" height="184" fill="#fff" stroke={ink} strokeWidth="3" />
      <path d="M48 34h80M22 64h132M22 86h132M22 108h132M22 130h84" stroke="var(--color-neutral-solid-gray-500)" strokeWidth="7" />
      <rect x="124" y="136" width="32" height="32" rx="4" stroke="var(--color-primitive-red-900)" strokeWidth="4" />
    </g>
  );
}
