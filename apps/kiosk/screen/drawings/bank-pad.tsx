// The bank's PIN pad: a thing to touch with keys of its own, brown, under a hood; nothing
// like the keypad on the screen.
import type { ReactNode } from 'react';
import { Drawing } from './parts.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '', '0', ''] as const;

function Key({ at, words }: { readonly at: number; readonly words: string }): ReactNode {
  const x = 132 + (at % 3) * 48;
  const y = 118 + Math.floor(at / 3) * 40;
  const special = { 9: 'var(--color-primitive-red-900)', 11: 'var(--color-primitive-green-800)' }[at];
  return (
    <g>
      <rect
        x={x}
        y={y}
        width="40"
        height="32"
        rx="6"
        fill={special ?? '#fff'}
        stroke="var(--color-primitive-orange-1200)"
        strokeWidth="2"
      />
      <text x={x + 20} y={y + 24} fontSize="22" fontWeight="700" textAnchor="middle" fill="var(--color-neutral-solid-gray-900)">
        {words}
      </text>
    </g>
  );
}

export function BankPad(): ReactNode {
  return (
    <Drawing says="銀行の暗証番号を入れる、手元のキーの図">
      <path
        d="M92 34h216l22 60v186a14 14 0 0 1-14 14H84a14 14 0 0 1-14-14V94z"
        fill="var(--color-primitive-orange-300)"
        stroke="var(--color-primitive-orange-1200)"
        strokeWidth="3"
      />
      <path d="M92 34h216l22 60H70z" fill="var(--color-primitive-orange-1100)" />
      <text x="200" y="74" fontSize="24" fontWeight="700" textAnchor="middle" fill="#fff">
        銀行の暗証番号
      </text>
      {keys.map((words, at) => (
        <Key key={at} at={at} words={words} />
      ))}
      <g className="nudge-up" fill="#f3cfae" stroke="var(--color-neutral-solid-gray-900)" strokeWidth="3" strokeLinejoin="round">
        <path d="M262 214c-4-14 10-20 16-8l14 36 4-16c4-10 16-8 16 2l2 10c6-6 14-2 15 6l2 8c6-3 12 1 12 9 0 18-6 24-10 44h-56c-4-14-18-28-26-42-4-8 6-16 14-9l10 9z" />
      </g>
    </Drawing>
  );
}
