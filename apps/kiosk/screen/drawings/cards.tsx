// The two cards, as own drawings: pale with a portrait, and brown with a stripe. They
// differ in colour, picture and words, as everything of the two does.
import type { ReactNode } from 'react';

const ink = 'var(--color-neutral-solid-gray-900)';
const chip = 'var(--color-primitive-yellow-300)';

function Chip({ x, y }: { readonly x: number; readonly y: number }): ReactNode {
  return (
    <g stroke="var(--color-primitive-yellow-1000)" strokeWidth="1.5">
      <rect x={x} y={y} width="34" height="28" rx="5" fill={chip} />
      <path d={`M${x} ${y + 9}h11v10h-11M${x + 34} ${y + 9}h-11v10h11M${x + 17} ${y}v9M${x + 17} ${y + 28}v-9`} fill="none" />
    </g>
  );
}

/** 132 × 196, the chip at the edge that goes in first. */
export function MyNumberCard({ words = true }: { readonly words?: boolean }): ReactNode {
  return (
    <g>
      <rect width="132" height="196" rx="11" fill="#fff" stroke={ink} strokeWidth="2.5" />
      <path d="M1.5 48h129v-36a10 10 0 0 0-10-10h-109a10 10 0 0 0-10 10z" fill="var(--color-primitive-blue-100)" />
      <Chip x={49} y={12} />
      {words ? (
        <g>
          <text x="66" y="78" fontSize="19" fontWeight="700" textAnchor="middle" fill={ink}>
            マイナンバー
          </text>
          <text x="66" y="102" fontSize="19" fontWeight="700" textAnchor="middle" fill={ink}>
            カード
          </text>
        </g>
      ) : null}
      <g fill="var(--color-primitive-blue-300)">
        <circle cx="36" cy="134" r="13" />
        <path d="M14 176c0-16 10-24 22-24s22 8 22 24z" />
      </g>
      <path
        d="M72 126h44M72 142h44M72 158h44M72 174h30"
        stroke="var(--color-neutral-solid-gray-400)"
        strokeWidth="6"
        strokeLinecap="round"
      />
    </g>
  );
}

/** The same size. */
export function CashCard(): ReactNode {
  return (
    <g>
      <rect width="132" height="196" rx="11" fill="var(--color-primitive-orange-200)" stroke={ink} strokeWidth="2.5" />
      <rect x="98" y="2" width="20" height="192" fill="var(--color-primitive-orange-1200)" />
      <Chip x={32} y={14} />
      <text x="50" y="84" fontSize="17" fontWeight="700" textAnchor="middle" fill={ink}>
        キャッシュ
      </text>
      <text x="50" y="108" fontSize="17" fontWeight="700" textAnchor="middle" fill={ink}>
        カード
      </text>
      <path d="M16 140h66M16 158h44" stroke="var(--color-primitive-orange-1100)" strokeWidth="5" strokeLinecap="round" />
      <path d="M16 184v-10l14-8 14 8v10z" fill="var(--color-primitive-orange-1100)" />
    </g>
  );
}

/** The same size; neither of the two. */
export function AnyCard(): ReactNode {
  return (
    <g>
      <rect width="132" height="196" rx="11" fill="#fff" stroke={ink} strokeWidth="2.5" />
      <Chip x={49} y={14} />
      <text x="66" y="100" fontSize="28" fontWeight="700" textAnchor="middle" fill={ink}>
        カード
      </text>
      <path d="M18 134h96M18 154h96M18 174h60" stroke="var(--color-neutral-solid-gray-400)" strokeWidth="6" strokeLinecap="round" />
    </g>
  );
}
