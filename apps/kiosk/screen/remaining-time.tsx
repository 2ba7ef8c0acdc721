// How long the kiosk still waits for the person, and the button that gives the full time
// again. The kiosk says the seconds once; between two views they are counted here.
import { useEffect, useState, type ReactNode } from 'react';
import type { ScreenView } from '#libs/contract/screen.js';
import { Button } from '#libs/ui/button.js';
import { remainingWords, words } from '#libs/ui/words.js';
import { limits } from './limits.js';
import { useSession } from './session.js';

export function RemainingTime(): ReactNode {
  const { view, send } = useSession();
  const left = useSecondsLeft(view);
  if (left === null) return null;
  const hurry = left <= limits.hurrySeconds;
  return (
    <div className={`frame-time ${hurry ? 'hurry' : ''}`}>
      <p role="timer">
        のこり時間 <strong>{remainingWords(left)}</strong>
      </p>
      <p className="only-heard" aria-live="assertive">
        {hurry ? `のこり時間が少なくなりました。${view.moreTime ? `時間が必要なときは「${words.moreTime}」を押してください。` : ''}` : ''}
      </p>
      {view.moreTime ? (
        <Button look="quiet" onPress={() => send({ type: 'more-time' })}>
          {words.moreTime}
        </Button>
      ) : null}
    </div>
  );
}

function useSecondsLeft(view: ScreenView): number | null {
  const [counted, setCounted] = useState({ view, seconds: 0 });
  useEffect(() => {
    if (view.secondsLeft === null) return undefined;
    const from = performance.now();
    const timer = setInterval(() => setCounted({ view, seconds: Math.floor((performance.now() - from) / 1000) }), limits.countEveryMs);
    return () => clearInterval(timer);
  }, [view]);
  if (view.secondsLeft === null) return null;
  return Math.max(0, view.secondsLeft - (counted.view === view ? counted.seconds : 0));
}
