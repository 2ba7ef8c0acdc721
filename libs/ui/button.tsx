// A button. When it cannot be used now it stays where it is, readable and focusable
// (`aria-disabled`), and does nothing: a key that vanishes under a finger frightens.
import type { ReactNode } from 'react';

export type ButtonLook = 'plain' | 'main' | 'quiet' | 'call';

type Props = {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: ButtonLook;
  readonly off?: boolean;
  /** Where the words that are seen are not enough. */
  readonly spoken?: string;
  readonly className?: string;
};

export function Button({ children, onPress, look = 'plain', off = false, spoken, className = '' }: Props): ReactNode {
  return (
    <button
      type="button"
      className={`button button-${look} ${className}`}
      aria-disabled={off}
      aria-label={spoken}
      onClick={() => {
        if (!off) onPress();
      }}
    >
      {children}
    </button>
  );
}
