// Small signs drawn in the colour of the text around them. They repeat what the words
// say; no meaning is in a sign or a colour alone.
import type { ReactNode } from 'react';

function sign(drawing: ReactNode): ReactNode {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {drawing}
    </svg>
  );
}

export function Tick(): ReactNode {
  return sign(<path d="M4.5 12.5l5 5L19.5 7" />);
}

export function Caution(): ReactNode {
  return sign(
    <>
      <path d="M12 3.2L22 20.5H2z" />
      <path d="M12 9.5v5M12 17.6v.1" />
    </>,
  );
}

export function Information(): ReactNode {
  return sign(
    <>
      <circle cx="12" cy="12" r="9.4" />
      <path d="M12 11v6M12 7.2v.1" />
    </>,
  );
}

export function Bell(): ReactNode {
  return sign(
    <>
      <path d="M4 18h16l-2-3v-4a6 6 0 0 0-12 0v4z" />
      <path d="M12 5V2.5M9.5 21h5" />
    </>,
  );
}
