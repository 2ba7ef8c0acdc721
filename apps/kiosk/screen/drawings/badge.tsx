// The My Number Card, small, beside the heading of its PIN.
import type { ReactNode } from 'react';
import { MyNumberCard } from './cards.js';

export function CardBadge(): ReactNode {
  return (
    <svg viewBox="-4 -4 204 140" role="img" aria-label="マイナンバーカードの図">
      <g transform="translate(0 132) rotate(-90)">
        <MyNumberCard words={false} />
      </g>
    </svg>
  );
}
