// POST /screen/actions. An action names the view that it answers; 409 means that a newer
// view is on its way, so there is nothing to do and nothing to say.
import { screenActionSchema, type ScreenAction } from '#libs/contract/screen.js';

type WithoutSequence<A> = A extends unknown ? Omit<A, 'sequence'> : never;
export type Act = WithoutSequence<ScreenAction>;

/** `taken`: a new view follows. `not-taken`: stale, refused or not delivered. */
export async function sendAct(act: Act, sequence: number): Promise<'taken' | 'not-taken'> {
  const body = JSON.stringify(screenActionSchema.parse({ ...act, sequence }));
  try {
    const answer = await fetch('/screen/actions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      cache: 'no-store',
    });
    return answer.ok ? 'taken' : 'not-taken';
  } catch {
    // The stream breaks with the connection and says so on the screen.
    return 'not-taken';
  }
}
