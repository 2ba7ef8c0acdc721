// The machine at work: it asks somebody, and somebody answers. Shown while there is
// nothing to do but wait.
import type { ReactNode } from 'react';
import { Drawing } from './parts.js';

type Whom = 'card' | 'office' | 'bank';
const names = { card: 'カード', office: '市区町村', bank: '銀行' } as const;

function Building({ whom }: { readonly whom: Whom }): ReactNode {
  if (whom === 'card')
    return (
      <g>
        <rect x="252" y="108" width="120" height="78" rx="8" fill="#fff" stroke="var(--color-neutral-solid-gray-900)" strokeWidth="3" />
        <rect
          x="268"
          y="128"
          width="26"
          height="22"
          rx="4"
          fill="var(--color-primitive-yellow-300)"
          stroke="var(--color-primitive-yellow-1000)"
          strokeWidth="2"
        />
        <path d="M306 134h50M306 150h50M268 168h88" stroke="var(--tone-line)" strokeWidth="7" strokeLinecap="round" />
      </g>
    );
  return (
    <g stroke="var(--color-neutral-solid-gray-900)" strokeWidth="3" strokeLinejoin="round">
      <path d={whom === 'bank' ? 'M242 112L312 66l70 46z' : 'M252 112V84h50V62h24v22h48v28z'} fill="var(--tone-line)" />
      <rect x="252" y="112" width="120" height="98" fill="#fff" />
      <path
        d="M272 132h16v20h-16zM304 132h16v20h-16zM336 132h16v20h-16zM272 168h16v20h-16zM336 168h16v20h-16z"
        fill="var(--tone-soft)"
        strokeWidth="2"
      />
      <path d="M302 210v-42h20v42z" fill="var(--tone)" strokeWidth="2" />
    </g>
  );
}

export function Talking({ whom }: { readonly whom: Whom }): ReactNode {
  return (
    <Drawing says={`機械が${names[whom]}とやりとりしている図`}>
      <g stroke="var(--color-neutral-solid-gray-900)" strokeWidth="3">
        <rect x="34" y="52" width="104" height="160" rx="10" fill="var(--color-neutral-solid-gray-100)" />
        <rect x="48" y="68" width="76" height="86" rx="4" fill="var(--tone-soft)" />
        <path d="M60 176h52M60 192h52" strokeLinecap="round" strokeWidth="6" />
      </g>
      <path d="M62 88h48M62 106h48M62 124h30" stroke="var(--tone)" strokeWidth="6" strokeLinecap="round" />
      <Building whom={whom} />
      {[0, 1, 2].map((dot) => (
        <circle key={dot} className={`passing passing-${dot}`} cx={164 + dot * 31} cy="146" r="8" fill="var(--tone)" />
      ))}
      <g fontSize="24" fontWeight="700" textAnchor="middle" fill="var(--color-neutral-solid-gray-900)">
        <text x="86" y="248">
          この機械
        </text>
        <text x="312" y="248">
          {names[whom]}
        </text>
      </g>
    </Drawing>
  );
}
