// A kiosk whose clock is not the center's is out of service (DESIGN §4 "Time"): what it signs
// would be refused, and what it prints would bear a wrong day. The center tells its time to
// whoever asks; whoever cannot be asked proves nothing, so what was known before stays.
import { findHealth, type Health } from '#devices/doctor/probes.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';

type Parts = {
  /** The center's time less ours, or why it is not known. */
  readonly ask: () => Promise<Result<Pick<Health, 'part' | 'aheadMs'>, string>>;
  readonly clock: Clock;
  readonly log: Log;
};

export function openCenterClock(url: string, world: Pick<Parts, 'clock' | 'log'>): CenterClock {
  return new CenterClock({ ...world, ask: () => findHealth(url, world.clock) });
}

export class CenterClock {
  private isApart = false;
  /** Monotonic: the clock in question is the other one. */
  private askAgainMs = 0;

  constructor(private readonly parts: Parts) {}

  /** May be called as often as one likes; asks at the first call, and then from time to time. */
  async findFault(): Promise<'clock-apart' | null> {
    if (this.parts.clock.monotonicMs() >= this.askAgainMs) await this.look();
    return this.isApart ? 'clock-apart' : null;
  }

  /** A visit was refused for it: so it is, until the center says otherwise. */
  suspect(): void {
    if (!this.isApart) this.parts.log.error('clock-apart', { aheadMs: null });
    this.isApart = true;
    this.askAgainMs = 0;
  }

  private async look(): Promise<void> {
    const { ask, clock, log } = this.parts;
    const told = await ask();
    const isKnown = told.ok && told.value.part === 'issuance-center';
    if (isKnown) {
      const { aheadMs } = told.value;
      const wasApart = this.isApart;
      this.isApart = Math.abs(aheadMs) > limits.clockToleranceMs;
      if (this.isApart && !wasApart) log.error('clock-apart', { aheadMs: Math.round(aheadMs) });
      if (!this.isApart && wasApart) log.info('clock-agrees', { aheadMs: Math.round(aheadMs) });
    }
    this.askAgainMs = clock.monotonicMs() + (isKnown && !this.isApart ? limits.clockPauseMs : 0);
  }
}
