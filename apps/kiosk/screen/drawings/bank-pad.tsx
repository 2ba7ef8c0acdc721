// The bank's PIN pad: a thing to touch with keys of its own, brown, under a hood; nothing
// like the keypad on the screen.
import type { ReactNode } from 'react';
import { Drawing } from './parts.js';

const ink = 'var(--color-neutral-solid-gray-900)';
const brown = 'var(--color-primitive-orange-1200)';

type KeyLook = { readonly words: string; readonly fill: string; readonly word?: boolean };
const white = (words: string): KeyLook => ({ words, fill: '#fff' });
const keys: readonly KeyLook[] = [
  ...['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(white),
  { words: '取消', fill: 'var(--color-primitive-red-1000)', word: true },
  white('0'),
  { words: '確定', fill: 'var(--color-primitive-green-1000)', word: true },
];

export function BankPad(): ReactNode {
  return (
    <Drawing says="銀行の暗証番号を入れる、手元のキーの図">
      <g stroke={brown} strokeWidth="3">
        <path d="M92 14h216l22 60v206a14 14 0 0 1-14 14H84a14 14 0 0 1-14-14V74z" fill="var(--color-primitive-orange-300)" />
        <path d="M92 14h216l22 60H70z" fill="var(--color-primitive-orange-1100)" />
      </g>
      <text x="200" y="54" fontSize="24" fontWeight="700" textAnchor="middle" fill="#fff">
        銀行の暗証番号
      </text>
      {keys.map((look, at) => (
        <Key key={at} at={at} look={look} />
      ))}
      <Hand />
    </Drawing>
  );
}

function Key({ at, look }: { readonly at: number; readonly look: KeyLook }): ReactNode {
  const x = 106 + (at % 3) * 66;
  const y = 90 + Math.floor(at / 3) * 49;
  return (
    <g>
      <rect x={x} y={y} width="56" height="40" rx="6" fill={look.fill} stroke={brown} strokeWidth="2" />
      <text
        x={x + 28}
        y={y + (look.word === true ? 27 : 29)}
        fontSize={look.word === true ? 20 : 26}
        fontWeight="700"
        textAnchor="middle"
        fill={look.word === true ? '#fff' : ink}
      >
        {look.words}
      </text>
    </g>
  );
}

/** Points at the 6, so that 確定 stays in sight. */
function Hand(): ReactNode {
  return (
    <g className="nudge-up">
      <path
        transform="translate(34 -42)"
        fill="#f3cfae"
        stroke={ink}
        strokeWidth="3"
        strokeLinejoin="round"
        d="M262 214c-4-14 10-20 16-8l14 36 4-16c4-10 16-8 16 2l2 10c6-6 14-2 15 6l2 8c6-3 12 1 12 9 0 18-6 24-10 44h-56c-4-14-18-28-26-42-4-8 6-16 14-9l10 9z"
      />
    </g>
  );
}
