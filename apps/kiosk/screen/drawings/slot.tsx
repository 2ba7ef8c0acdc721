// A card on its way into its slot, or out of it.
import type { ReactNode } from 'react';
import { AnyCard, CashCard, MyNumberCard } from './cards.js';
import { Arrow, Drawing } from './parts.js';

type Props = {
  /** `any`: the kiosk does not say which. */
  readonly card: 'my-number' | 'cash' | 'any';
  readonly way: 'in' | 'out';
};

const labels = { 'my-number': 'マイナンバーカード', cash: 'キャッシュカード', any: 'カード' } as const;
const arts = { 'my-number': <MyNumberCard />, cash: <CashCard />, any: <AnyCard /> } as const;

export function Slot({ card, way }: Props): ReactNode {
  return (
    <Drawing says={`${labels[card]}を${way === 'in' ? '差し込む' : '取り出す'}図`}>
      <rect
        x="56"
        y="8"
        width="288"
        height="112"
        rx="14"
        fill="var(--color-neutral-solid-gray-100)"
        stroke="var(--color-neutral-solid-gray-700)"
        strokeWidth="3"
      />
      <rect x="82" y="22" width="236" height="38" rx="6" fill="var(--tone)" />
      <text x="200" y="49" fontSize="23" fontWeight="700" textAnchor="middle" fill="#fff">
        {labels[card]}
      </text>
      <rect x="116" y="82" width="168" height="20" rx="10" fill="var(--color-neutral-solid-gray-900)" />
      <clipPath id="below-slot">
        <rect x="0" y="92" width="400" height="220" />
      </clipPath>
      <g clipPath="url(#below-slot)">
        <g className={way === 'in' ? 'goes-in' : 'comes-out'}>
          <g transform="translate(134 88)">{arts[card]}</g>
        </g>
      </g>
      <Arrow x={316} y={146} up={way === 'in'} />
    </Drawing>
  );
}
