// Whether a fee could be taken now: the bank's hours, and its line. Looked at all the time, so
// that the choice closes and opens under the eyes of whoever stands there (DESIGN §3 step 5).
import { openingAt, openingSentence } from '#libs/certificate/hours.js';
import type { OpenHours } from '#libs/contract/register.js';
import type { FeesClosed } from '#libs/session/state.js';
import type { Clock } from '#libs/std/clock.js';
import { limits } from './limits.js';
import type { Runner } from './runner.js';

type Bank = {
  /** Null: always open. */
  readonly hours: OpenHours | null;
  readonly isSignedOn: () => boolean;
};

type Parts = Bank & { readonly runner: Pick<Runner, 'shown' | 'dispatch'>; readonly clock: Clock };

export function findFeesClosed({ hours, isSignedOn }: Bank, nowMs: number): FeesClosed | null {
  const opening = hours === null ? ({ open: true } as const) : openingAt(hours, nowMs);
  const sorry = '手数料をお支払いいただけません。';
  if (!opening.open) {
    return { cause: 'hours', sentence: `銀行の受付時間外のため、${sorry}${openingSentence(opening.opensAtMs, nowMs)}` };
  }
  return isSignedOn() ? null : { cause: 'away', sentence: `ただいま銀行に接続できないため、${sorry}しばらくしてからお試しください。` };
}

export class FeeWindow {
  private readonly ending = new AbortController();
  private running: Promise<void> | null = null;

  constructor(private readonly parts: Parts) {}

  begin(): void {
    this.running = this.lookAgainAndAgain();
    void this.look();
  }

  /** Nothing before `begin`. What the screen shows is compared, not what was told: a runner that begins anew is told anew. */
  async look(): Promise<void> {
    if (this.running === null) return;
    const { runner, clock } = this.parts;
    const now = findFeesClosed(this.parts, clock.nowMs());
    if (now?.sentence === runner.shown.state.visit.feesClosed?.sentence) return;
    await runner.dispatch({ type: 'fees-became', closed: now });
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async lookAgainAndAgain(): Promise<void> {
    for (;;) {
      await this.parts.clock.sleep(limits.feesPauseMs, this.ending.signal);
      if (this.ending.signal.aborted) return;
      await this.look();
    }
  }
}
