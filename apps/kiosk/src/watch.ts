// Looks after the devices while nobody is there: a card that is put in begins a visit, and a
// kiosk that could not print is out of service before anybody has typed a PIN.
import type { CardPresence } from '#devices/card-reader/port.js';
import type { SessionIds } from '#libs/session/state.js';
import type { Clock } from '#libs/std/clock.js';
import type { Random } from '#libs/std/random.js';
import type { Devices } from './devices.js';
import { limits } from './limits.js';
import type { Runner, Shown } from './runner.js';

type Parts = {
  readonly runner: Runner;
  readonly devices: Devices;
  /** What is missing for any certificate, free ones too. */
  readonly findUnready: () => Promise<string | null>;
  readonly clock: Clock;
  readonly random: Random;
};

export class Watch {
  private readonly ending = new AbortController();
  private readonly stops: (() => void)[] = [];
  private running: Promise<void> = Promise.resolve();
  private idCard: CardPresence = 'reader-gone';

  constructor(private readonly parts: Parts) {}

  start(): void {
    const { runner, devices } = this.parts;
    this.stops.push(
      devices.idCardReader.onPresence((presence) => this.idCardIs(presence)),
      devices.cashCardReader.onPresence((presence) => this.cashCardIs(presence)),
      // A card that was put in while the former visit was still on the screen.
      runner.onShown((shown) => this.beginIfWaiting(shown)),
    );
    this.running = this.lookAgainAndAgain();
  }

  async close(): Promise<void> {
    this.ending.abort();
    for (const stop of this.stops) stop();
    await this.running;
  }

  private async lookAgainAndAgain(): Promise<void> {
    const { runner, clock } = this.parts;
    while (!this.ending.signal.aborted) {
      const { name } = runner.shown.state;
      if (name === 'idle' || name === 'out-of-service') await this.look();
      await clock.sleep(limits.watchPauseMs, this.ending.signal);
    }
  }

  private async look(): Promise<void> {
    const { runner, devices, findUnready } = this.parts;
    const code = devices.idCardReader.presence() === 'reader-gone' ? 'reader-unavailable' : await findUnready();
    const { name, code: shown } = { name: runner.shown.state.name, code: runner.shown.state.ending?.code };
    if (code === null) return name === 'out-of-service' ? runner.dispatch({ type: 'put-in-service' }) : undefined;
    if (name === 'idle' || shown !== code) await runner.dispatch({ type: 'put-out-of-service', code });
  }

  private idCardIs(presence: CardPresence): void {
    const was = this.idCard;
    this.idCard = presence;
    if (presence === 'present') this.beginIfWaiting(this.parts.runner.shown);
    else if (was === 'present') void this.parts.runner.dispatch({ type: 'card-removed' });
  }

  private cashCardIs(presence: CardPresence): void {
    void this.parts.runner.dispatch({ type: presence === 'present' ? 'cash-card-inserted' : 'cash-card-removed' });
  }

  private beginIfWaiting({ state }: Shown): void {
    if (state.name !== 'idle' || this.idCard !== 'present') return;
    void this.parts.runner.dispatch({ type: 'card-inserted', ids: this.newIds() });
  }

  private newIds(): SessionIds {
    const { random } = this.parts;
    return { session: random.uuid(), request: random.uuid(), inquiryNumber: inquiryNumberFrom(random) };
  }
}

/** Ten digits in three groups: said over a counter without a mistake; unique by the database. */
function inquiryNumberFrom(random: Random): string {
  const digits = String(random.bytes(6).readUIntBE(0, 6) % 10_000_000_000).padStart(10, '0');
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`;
}
