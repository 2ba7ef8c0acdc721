// Step 3: the PIN of the My Number Card, on the screen. The digits are kept outside the
// page and outside React's state, and are overwritten as soon as they were handed over.
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Keypad, Masked } from '#libs/ui/keypad.js';
import { Notice } from '#libs/ui/notice.js';
import { CardBadge } from '../drawings/badge.js';
import { limits } from '../limits.js';
import { Page } from '../page.js';
import { useSession } from '../session.js';
import type { ViewOf } from '../stages.js';

export function EnterPin({ view }: { readonly view: ViewOf<'enter-pin'> }): ReactNode {
  const { busy, send } = useSession();
  const { entered, press, takeBack, wipe, read } = useDigits();
  const { triesLeft, wrongBefore, again } = view.data;
  const complete = entered === limits.pinDigits;
  useEffect(wipe, [wipe, triesLeft]);
  return (
    <Page
      title="マイナンバーカードの暗証番号（4けた）"
      lead={again ? 'もう一度、同じ暗証番号を押してください。' : 'この画面の数字を押してください。'}
      badge={<CardBadge />}
      next={{
        words: 'この番号で進む',
        off: !complete,
        onPress: () => {
          send({ type: 'enter-pin', pin: read() });
          wipe();
        },
      }}
    >
      <div className="pin">
        <div className="pin-said">
          <TriesLeft triesLeft={triesLeft} wrongBefore={wrongBefore} />
          <Masked entered={entered} of={limits.pinDigits} />
        </div>
        <Keypad off={busy} onDigit={press} onTakeBack={takeBack} onClear={wipe} />
      </div>
    </Page>
  );
}

function TriesLeft({ triesLeft, wrongBefore }: { readonly triesLeft: number; readonly wrongBefore: boolean }): ReactNode {
  if (triesLeft > 1)
    return (
      <Notice kind={wrongBefore ? 'warn' : 'tell'}>
        {wrongBefore ? (
          <strong className="line">暗証番号がちがいます。</strong>
        ) : (
          <span className="line">キャッシュカードの暗証番号ではありません。</span>
        )}
        入力できるのは、<strong>あと{triesLeft}回</strong>です。
      </Notice>
    );
  return (
    <Notice kind="stop">
      {wrongBefore ? <strong className="line">暗証番号がちがいます。</strong> : null}
      <strong className="line">入力は、あと1回だけです。</strong>
      まちがえると、窓口で設定し直すまで、このカードは使えません。自信がないときは「やめる」を押してください。
    </Notice>
  );
}

type Digits = {
  readonly entered: number;
  readonly press: (digit: number) => void;
  readonly takeBack: () => void;
  readonly wipe: () => void;
  readonly read: () => string;
};

function useDigits(): Digits {
  const [entered, setEntered] = useState(0);
  const [buffer] = useState(digitBuffer);
  const wipe = useCallback(() => setEntered(buffer.wipe()), [buffer]);
  useEffect(() => wipe, [wipe]);
  return {
    entered,
    wipe,
    press: (digit) => setEntered(buffer.press(digit)),
    takeBack: () => setEntered(buffer.takeBack()),
    read: () => buffer.read(),
  };
}

/** The digits themselves; each function but `read` answers how many there are now. */
function digitBuffer(): { press(digit: number): number; takeBack(): number; wipe(): number; read(): string } {
  const digits = new Uint8Array(limits.pinDigits);
  let count = 0;
  return {
    press(digit) {
      if (count < digits.length) digits[count++] = digit;
      return count;
    },
    takeBack() {
      if (count > 0) digits[--count] = 0;
      return count;
    },
    wipe() {
      digits.fill(0);
      count = 0;
      return count;
    },
    read: () => digits.subarray(0, count).join(''),
  };
}
