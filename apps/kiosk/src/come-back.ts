// From a start, or from a breakdown in the middle of a visit, back to a kiosk that serves: first
// what is open comes to its end (recovery.ts), however often that has to be tried; then, and
// only then, the next person. A database that is locked or full for a while costs time only.
import { paperOf } from '#libs/session/end.js';
import { personTimeoutMs } from '#libs/session/limits.js';
import type { Visit } from '#libs/session/state.js';
import { faultName } from './fault-name.js';
import { limits } from './limits.js';
import { provedBy } from './money-side.js';
import { recover, type Recovered, type RecoveryParts } from './recovery.js';
import type { Runner } from './runner.js';
import type { Watch } from './watch.js';

type Parts = RecoveryParts & {
  readonly runner: Pick<Runner, 'quiet' | 'restart' | 'dispatch'>;
  readonly watch: Pick<Watch, 'start' | 'tellAgain'>;
  /** What recovery has written down has to reach center and staff. */
  readonly wake: () => Promise<void>;
};

export class Recovery {
  private readonly ending = new AbortController();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly parts: Parts) {}

  /** After the start of the process: what a crash or a power cut left open. */
  begin(): void {
    this.last = this.recoverAtLast('kiosk-started', null).then(async (ended) => {
      if (this.ending.signal.aborted) return;
      await this.showTheLast(ended);
      this.parts.watch.start();
    });
  }

  /** After a breakdown of the runner; the screen keeps the money sentence and the inquiry number for as long as at any other end. */
  comeBack(broken: Visit): void {
    const { clock, runner, watch } = this.parts;
    const { signal } = this.ending;
    const shown = clock.sleep(broken.ids === null ? 0 : (personTimeoutMs.ended ?? 0), signal);
    this.last = this.last.then(async () => {
      // What the bank and the printer still answer is written down before it is judged.
      await Promise.race([runner.quiet(), clock.sleep(limits.quietTimeoutMs, signal)]);
      const ended = await this.recoverAtLast('kiosk-came-back', broken);
      await shown;
      if (signal.aborted) return;
      runner.restart();
      await this.showTheLast(ended);
      watch.tellAgain();
    });
  }

  close(): void {
    this.ending.abort();
  }

  /**
   * Whose sheets may lie in the tray, or else whose money moved or may have: the screen says so before anybody else
   * is served. One tray: asking about the last visit with sheets asks about all.
   */
  private async showTheLast(ended: readonly Recovered[]): Promise<void> {
    const { runner, charges } = this.parts;
    const last = ended.findLast(({ visit }) => paperOf(visit) !== 'none') ?? ended.findLast(({ visit }) => concernsMoney(visit));
    if (last === undefined) return;
    await runner.dispatch({ type: 'recovered', ...last });
    const session = last.visit.ids?.session ?? null;
    if (last.visit.charge !== 'reversing' || session === null) return;
    // The bank may have answered before the screen was there to be told; told twice is told once.
    const charge = await charges.open(session);
    const proved = charge === null ? { wasPosted: false } : provedBy(charge);
    if (proved !== null) await runner.dispatch({ type: 'reversed', wasPosted: proved.wasPosted }, session);
  }

  /** Never rejects; returns early only when the kiosk closes. The answer: the visits that were ended, in all tries. */
  private async recoverAtLast(code: 'kiosk-started' | 'kiosk-came-back', broken: Visit | null): Promise<readonly Recovered[]> {
    const { clock, log } = this.parts;
    const ended: Recovered[] = [];
    let pauseMs: number = limits.recoveryPauseMs.first;
    for (let attempt = 1; !this.ending.signal.aborted; attempt++) {
      try {
        // Also the proof that the database takes what is written.
        await this.parts.append({ atMs: clock.nowMs(), session: broken?.ids?.session ?? null, code, fields: { attempt } });
        await recover(this.parts, (one) => ended.push(one));
        if (broken !== null) await this.parts.perform({ type: 'wipe' }, broken);
        await this.parts.wake();
        log.info(code, { visits: ended.length, attempt });
        return ended;
      } catch (cause) {
        if (this.ending.signal.aborted) return ended;
        log.error('recovery-failed', { cause: faultName(cause), attempt });
      }
      await clock.sleep(pauseMs, this.ending.signal);
      pauseMs = Math.min(pauseMs * 2, limits.recoveryPauseMs.most);
    }
    return ended;
  }
}

function concernsMoney({ charge }: Visit): boolean {
  return charge !== 'none' && charge !== 'declined';
}
