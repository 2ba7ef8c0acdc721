// What every screen may use: the view that it answers and the way to send an action.
import { createContext, useContext } from 'react';
import type { ScreenView } from '#libs/contract/screen.js';
import { assert } from '#libs/std/assert.js';
import type { Act } from './send.js';

export type Session = {
  readonly view: ScreenView;
  /** An action was taken and its view has not come yet: the buttons wait. */
  readonly busy: boolean;
  readonly send: (act: Act) => void;
};

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  assert(session !== null, 'a screen stands inside a session');
  return session;
}
