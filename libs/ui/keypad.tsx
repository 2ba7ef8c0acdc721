// Ten keys as on a telephone and on a bank machine (1 at the upper left), and the same on a
// keyboard. It hands digits on and keeps none: no digit of a PIN is ever in the page.
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.js';

type Props = {
  readonly onDigit: (digit: number) => void;
  readonly onTakeBack: () => void;
  readonly onClear: () => void;
  readonly off: boolean;
};

export function Keypad({ onDigit, onTakeBack, onClear, off }: Props): ReactNode {
  useKeyboard({ onDigit, onTakeBack, onClear, off });
  const digit = (value: number): ReactNode => (
    <Button key={value} off={off} onPress={() => onDigit(value)}>
      {value}
    </Button>
  );
  return (
    <div className="keypad" role="group" aria-label="数字のキー">
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map(digit)}
      <Button off={off} className="word" onPress={onClear}>
        全部消す
      </Button>
      {digit(0)}
      <Button off={off} className="word" onPress={onTakeBack}>
        1つ消す
      </Button>
    </div>
  );
}

function useKeyboard(props: Props): void {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { onDigit, onTakeBack, onClear, off } = latest.current;
      if (off || event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^\d$/.test(event.key)) onDigit(Number(event.key));
      else if (event.key === 'Backspace') onTakeBack();
      else if (event.key === 'Delete') onClear();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

/** One box a digit, ＊ where one was entered; says how many, never which. */
export function Masked({ entered, of }: { readonly entered: number; readonly of: number }): ReactNode {
  return (
    <div className="masked" role="status" aria-label={`${of}けたのうち${entered}けた入力しました`}>
      {Array.from({ length: of }, (_, at) => (
        <span key={at} aria-hidden="true">
          {at < entered ? '＊' : ''}
        </span>
      ))}
    </div>
  );
}
