// A person of the branch behind a counter (something ended, somebody can help), and the
// machine with its shutter down (out of service).
import type { ReactNode } from 'react';
import { Drawing } from './parts.js';

const ink = 'var(--color-neutral-solid-gray-900)';

export function Counter(): ReactNode {
  return (
    <Drawing says="窓口の係員の図">
      <g stroke={ink} strokeWidth="3">
        <path d="M130 230c0-56 30-82 70-82s70 26 70 82z" fill="var(--tone)" />
        <path d="M180 150l20 34 20-34z" fill="#fff" />
        <circle cx="200" cy="102" r="44" fill="#f3cfae" />
        <path d="M156 104c-4-44 24-58 46-58s46 16 42 58c-8-26-26-34-44-34s-38 8-44 34z" fill="var(--color-neutral-solid-gray-800)" />
        <rect x="40" y="212" width="320" height="62" rx="6" fill="var(--color-neutral-solid-gray-100)" />
      </g>
      <g fill={ink}>
        <circle cx="185" cy="106" r="4" />
        <circle cx="215" cy="106" r="4" />
      </g>
      <path d="M188 124c8 8 16 8 24 0" fill="none" stroke={ink} strokeWidth="3" strokeLinecap="round" />
      <text x="200" y="253" fontSize="28" fontWeight="700" textAnchor="middle" fill={ink}>
        窓口
      </text>
    </Drawing>
  );
}

export function Closed(): ReactNode {
  return (
    <Drawing says="休止中の機械の図">
      <g stroke={ink} strokeWidth="3">
        <rect x="110" y="20" width="180" height="262" rx="14" fill="var(--color-neutral-solid-gray-100)" />
        <rect x="130" y="44" width="140" height="134" rx="6" fill="var(--color-neutral-solid-gray-700)" />
        <path d="M150 214h100M150 240h100" strokeWidth="8" strokeLinecap="round" />
      </g>
      <rect x="142" y="88" width="116" height="46" rx="6" fill="#fff" />
      <text x="200" y="120" fontSize="27" fontWeight="700" textAnchor="middle" fill={ink}>
        休止中
      </text>
    </Drawing>
  );
}
