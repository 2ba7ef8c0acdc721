// The touch screen: draws the view that the kiosk sends and answers with actions. It
// decides nothing and keeps nothing: a choice lives until its session's next screen.
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { ScreenView } from '#libs/contract/screen.js';
import { WaitOver } from '#libs/ui/frame.js';
import type { Reviewed } from './choose/draft.js';
import { limits } from './limits.js';
import { Screen } from './screen.js';
import { sendAct, type Act } from './send.js';
import { SessionContext, type Session } from './session.js';
import { watchViews } from './watch.js';

export function App(): ReactNode {
  const { view, connected } = useViews();
  const reviewed = useReviewed(view);
  const session = useSending(view);
  if (session === null) return <WaitOver />;
  return (
    <SessionContext value={session}>
      <div inert={!connected} data-sequence={session.view.sequence}>
        <Screen view={session.view} reviewed={reviewed} />
      </div>
      {connected ? null : <WaitOver />}
    </SessionContext>
  );
}

function useViews(): { view: ScreenView | null; connected: boolean } {
  const [state, setState] = useState<{ view: ScreenView | null; connected: boolean }>({ view: null, connected: false });
  useEffect(
    () =>
      watchViews({
        onView: (view) => setState({ view, connected: true }),
        onBroken: () => setState(({ view }) => ({ view, connected: false })),
      }),
    [],
  );
  // Nobody's names stay in the page while the program is away.
  useEffect(() => {
    if (state.connected) return undefined;
    const timer = setTimeout(() => setState({ view: null, connected: false }), limits.forgetAfterMs);
    return () => clearTimeout(timer);
  }, [state.connected]);
  return state;
}

/** Back from the review, the choice stands as it was; on every other way it is forgotten. */
function useReviewed(view: ScreenView | null): Reviewed | null {
  const [kept, setKept] = useState<Reviewed | null>(null);
  const shown = view?.screen === 'review' ? view.data : null;
  const forget = view !== null && view.screen !== 'review' && view.screen !== 'choose';
  useEffect(() => {
    if (shown !== null) setKept({ choice: shown.choice, copies: shown.copies });
    else if (forget) setKept(null);
  }, [shown, forget]);
  return kept;
}

function useSending(view: ScreenView | null): Session | null {
  const [pending, setPending] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const sequence = view?.sequence ?? null;
  const send = useCallback(
    (act: Act) => {
      if (sequence === null) return;
      const holds = act.type !== 'call-staff' && act.type !== 'more-time';
      if (holds) {
        setPending(sequence);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setPending(null), limits.pendingMs);
      }
      void sendAct(act, sequence).then((outcome) => {
        if (holds && outcome === 'not-taken') setPending(null);
      });
    },
    [sequence],
  );
  return view === null ? null : { view, busy: pending === view.sequence, send };
}
