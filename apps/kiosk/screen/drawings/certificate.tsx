// The sheet as it will be, in outline, with the part marked that is being decided; and what
// a person takes home.
import type { ReactNode } from 'react';
import { CashCard, MyNumberCard } from './cards.js';
import { Drawing } from './parts.js';

const ink = 'var(--color-neutral-solid-gray-900)';
const faint = 'var(--color-neutral-solid-gray-400)';
const rows = ['氏名・住所', '世帯主・続柄', '本籍・筆頭者', '個人番号'] as const;

export type Marked = 'relationship' | 'domicile' | 'myNumber' | null;
const markedRow: Readonly<Record<Exclude<Marked, null>, number>> = { relationship: 1, domicile: 2, myNumber: 3 };

export function Certificate({ marked }: { readonly marked: Marked }): ReactNode {
  const row = marked === null ? -1 : markedRow[marked];
  return (
    <Drawing says="証明書の図">
      <rect x="76" y="6" width="248" height="288" fill="#fff" stroke={ink} strokeWidth="3" />
      <text x="200" y="42" fontSize="22" fontWeight="700" textAnchor="middle" fill={ink}>
        住民票の写し
      </text>
      {rows.map((words, at) => (
        <g key={words} transform={`translate(92 ${58 + at * 46})`}>
          <rect
            width="216"
            height="40"
            fill={at === row ? 'var(--color-primitive-yellow-200)' : '#fff'}
            stroke={at === row ? ink : faint}
            strokeWidth={at === row ? 3 : 1.5}
          />
          <text x="10" y="27" fontSize="18" fontWeight={at === row ? '700' : '400'} fill={ink}>
            {words}
          </text>
          <path d="M130 20h74" stroke={faint} strokeWidth="6" strokeLinecap="round" />
        </g>
      ))}
      <path d="M96 258h120M96 276h80" stroke={faint} strokeWidth="6" strokeLinecap="round" />
      <rect x="268" y="248" width="36" height="36" rx="4" fill="none" stroke="var(--color-primitive-red-900)" strokeWidth="4" />
    </Drawing>
  );
}

/** So many sheets, at most three drawn. */
export function Copies({ copies }: { readonly copies: number }): ReactNode {
  const drawn = Math.min(copies, 3);
  return (
    <Drawing says={`証明書${copies}部の図`}>
      {Array.from({ length: drawn }, (_, at) => (
        <g key={at} transform={`translate(${128 + (at - (drawn - 1) / 2) * 52} ${46 + at * 14})`}>
          <rect width="144" height="196" fill="#fff" stroke={ink} strokeWidth="3" />
          <path d="M40 30h64M18 58h108M18 80h108M18 102h108M18 124h70" stroke={faint} strokeWidth="6" strokeLinecap="round" />
          <rect x="100" y="150" width="28" height="28" rx="4" fill="none" stroke="var(--color-primitive-red-900)" strokeWidth="4" />
        </g>
      ))}
    </Drawing>
  );
}

export function Belongings({ paid }: { readonly paid: boolean }): ReactNode {
  return (
    <Drawing says="忘れてはいけないものの図">
      <g transform={`translate(${paid ? 16 : 66} 66) scale(0.82)`}>
        <MyNumberCard />
      </g>
      {paid ? (
        <g transform="translate(140 66) scale(0.82)">
          <CashCard />
        </g>
      ) : null}
      <g transform={`translate(${paid ? 264 : 214} 60)`}>
        <rect width="120" height="170" fill="#fff" stroke={ink} strokeWidth="3" />
        <path d="M34 26h52M16 52h88M16 72h88M16 92h88M16 112h54" stroke={faint} strokeWidth="6" strokeLinecap="round" />
        <rect x="80" y="130" width="26" height="26" rx="4" fill="none" stroke="var(--color-primitive-red-900)" strokeWidth="4" />
      </g>
    </Drawing>
  );
}
