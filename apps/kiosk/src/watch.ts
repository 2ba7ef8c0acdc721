// Looks after the devices while nobody is there: a card that is put in begins a visit, and a
// kiosk that could not print is out of service before anybody has typed a PIN.
import type { CardPresence } from '#devices/card-reader/port.js';
import type { Event } from '#libs/session/event.js';
import type { SessionIds, StateName } from '#libs/session/state.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import type { Devices } from './devices.js';
import { faultName } from './fault-name.js';
import { limits } from './limits.js';
import type { Runner, Shown } from './runner.js';

type Parts = {
  readonly runner: Pick<Runner, 'shown' | 'dispatch' | 'onShown'>;
  readonly devices: Pick<Devices, 'idCardReader' | 'cashCardReader'>;
  /** What is missing for any certificate, free ones too. */
  readonly findUnready: () => Promise<string | null>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
};

/** Where a visit needs the reader of its My Number Card: from the card's first byte until it is in the hand again. */
const needsIdCardReader: readonly StateName[] = [
  'reading-card',
  'opening-session',
  'enter-pin',
  'verifying-pin',
  'logging-in',
  'choose',
  'review',
  'signing',
  'take-card',
];
const needsCashCardReader: readonly StateName[] = ['insert-cash-card', 'reading-cash-card', 'enter-bank-pin', 'take-cash-card'];

const readerUnavailable: Event = { type: 'failed', code: 'reader-unavailable', sentence: null };

export class Watch {
  private readonly ending = new AbortController();
  private readonly stops: (() => void)[] = [];
  private running: Promise<void> = Promise.resolve();
  private idCard: CardPresence = 'reader-gone';
  /** Stays true while the reader is gone: a card that nobody sees any more may still be in it. */
  private idCardInside = false;

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

  /** The runner has forgotten everything: what lies in the readers is told anew. */
  tellAgain(): void {
    this.cashCardIs(this.parts.devices.cashCardReader.presence());
  }

  async close(): Promise<void> {
    this.ending.abort();
    for (const stop of this.stops) stop();
    await this.running;
  }

  private async lookAgainAndAgain(): Promise<void> {
    const { runner, clock, log } = this.parts;
    while (!this.ending.signal.aborted) {
      const { name } = runner.shown.state;
      try {
        if (name === 'idle' || name === 'out-of-service') await this.look();
      } catch (cause) {
        // Whether the kiosk could serve is not known, so it does not until it is.
        log.error('watch-failed', { cause: faultName(cause) });
        await this.putOutOfService('internal');
      }
      await clock.sleep(limits.watchPauseMs, this.ending.signal);
    }
  }

  private async look(): Promise<void> {
    const { runner, devices, findUnready } = this.parts;
    const isReaderGone = [devices.idCardReader, devices.cashCardReader].some((reader) => reader.presence() === 'reader-gone');
    const code = isReaderGone ? 'reader-unavailable' : await findUnready();
    if (code !== null) return this.putOutOfService(code);
    if (runner.shown.state.name === 'out-of-service') await runner.dispatch({ type: 'put-in-service' });
  }

  private async putOutOfService(code: string): Promise<void> {
    const { name, ending } = this.parts.runner.shown.state;
    if (name === 'idle' || (name === 'out-of-service' && ending?.code !== code)) {
      await this.parts.runner.dispatch({ type: 'put-out-of-service', code });
    }
  }

  private idCardIs(presence: CardPresence): void {
    this.idCard = presence;
    if (presence === 'reader-gone') return this.readerIsGone(needsIdCardReader);
    if (presence === 'present') {
      this.idCardInside = true;
      return this.beginIfWaiting(this.parts.runner.shown);
    }
    if (this.idCardInside) void this.parts.runner.dispatch({ type: 'card-removed' });
    this.idCardInside = false;
  }

  private cashCardIs(presence: CardPresence): void {
    if (presence === 'reader-gone') return this.readerIsGone(needsCashCardReader);
    void this.parts.runner.dispatch({ type: presence === 'present' ? 'cash-card-inserted' : 'cash-card-removed' });
  }

  /** Not "the card was taken": it may still be inside, so nothing goes on because of it. */
  private readerIsGone(needed: readonly StateName[]): void {
    const { name, visit } = this.parts.runner.shown.state;
    if (needed.includes(name)) void this.parts.runner.dispatch(readerUnavailable, visit.ids?.session ?? null);
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
