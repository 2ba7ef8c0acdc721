// A touch that the kiosk does not see, because it leads only from one part of a screen to the
// next, still says that somebody is there. It gives the time anew, and not at each touch: the
// kiosk counts, and an action must not meet a view that has just been replaced.
import { useEffect, useRef } from 'react';
import { limits } from './limits.js';
import { useSession } from './session.js';

export function useRenewal(): () => void {
  const { view, send } = useSession();
  const sinceMs = useRef(0);
  useEffect(() => {
    sinceMs.current = performance.now();
  }, [view]);
  return () => {
    const isDue = performance.now() - sinceMs.current >= limits.renewPauseMs;
    if (isDue && view.moreTime && view.secondsLeft !== null) send({ type: 'more-time' });
  };
}
