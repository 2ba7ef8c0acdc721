// The real adapter of the card reader port: PC/SC through pcsclite. One supervisor finds
// the readers; each reader tells presence, connects exclusively, sends one command at a
// time, and resets the card at the end.
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import type { GuardedReader } from './native-reader.js';
import { limits } from './limits.js';
import { superviseReaders } from './pcsc-context.js';
import type { ReaderSeat, Supervisor } from './pcsc-context.js';
import { connectCard } from './pcsc-connection.js';
import type { CardConnection, CardFault, CardPresence, CardReader } from './port.js';

export { findReaderNames } from './pcsc-context.js';

export type PcscReaders = {
  /** In the order of the names. Until its reader is found, a reader says `reader-gone`. */
  readonly readers: readonly CardReader[];
  close(): Promise<void>;
};

/** PC/SC part 10 and pcsc-lite's pcsclite.h. */
const state = { unknown: 0x0004, unavailable: 0x0008, present: 0x0020 } as const;

/**
 * Never throws and needs no pcscd to start with: it waits for one, and for every reader.
 * PCSCLITE_CSOCK_NAME must be set before the first call; libpcsclite reads it once.
 */
export function createPcscReaders(options: {
  /** Exactly as pcscd names them, e.g. `Virtual PCD 00 00`. */
  readonly readerNames: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}): PcscReaders {
  const seats = options.readerNames.map((name) => new PcscReader(name, options.clock));
  const supervisor = superviseReaders({ seats, clock: options.clock, log: options.log });
  for (const seat of seats) seat.supervisedBy(supervisor);
  const close = async (): Promise<void> => {
    await supervisor.close();
    await Promise.all(seats.map((seat) => seat.close()));
  };
  return { readers: seats, close };
}

class PcscReader implements CardReader, ReaderSeat {
  readonly name: string;
  readonly #clock: Clock;
  readonly #listeners = new Set<(presence: CardPresence) => void>();
  #supervisor: Supervisor | null = null;
  #reader: GuardedReader | null = null;
  #presence: CardPresence = 'reader-gone';
  #atr: Buffer = Buffer.alloc(0);
  #connection: CardConnection | null = null;
  #closed = false;
  /** Runs while a listed reader does not answer; aborted when it does again. */
  #doubts = new AbortController();

  constructor(name: string, clock: Clock) {
    this.name = name;
    this.#clock = clock;
    this.#doubts.abort();
  }

  get description(): string {
    return `pcsc: ${this.name}`;
  }

  supervisedBy(supervisor: Supervisor): void {
    this.#supervisor = supervisor;
  }

  isTaken(): boolean {
    return this.#reader !== null || this.#closed;
  }

  take(reader: GuardedReader): void {
    this.#reader = reader;
    reader.onStatus(({ state: bits, atr }) => {
      if (this.#reader !== reader) return;
      if ((bits & (state.unknown | state.unavailable)) !== 0) return this.#doubt(reader);
      this.#doubts.abort();
      this.#atr = atr;
      this.#become((bits & state.present) !== 0 ? 'present' : 'absent');
    });
    reader.onEnd(() => this.#lose(reader));
  }

  presence(): CardPresence {
    return this.#presence;
  }

  onPresence(listener: (presence: CardPresence) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#presence);
    return () => this.#listeners.delete(listener);
  }

  async connect(): Promise<Result<CardConnection, CardFault>> {
    const reader = this.#reader;
    if (reader === null) {
      const code = this.#supervisor?.isAvailable() === true ? 'reader-gone' : 'pcsc-unavailable';
      return err({ code, detail: `${this.name} is not there` });
    }
    if (this.#presence === 'reader-gone') return err({ code: 'reader-gone', detail: `${this.name} does not answer` });
    if (this.#connection !== null) return err({ code: 'sharing-violation', detail: 'connected already by this process' });
    const connection = await connectCard({
      reader,
      clock: this.#clock,
      isCurrent: () => this.#reader === reader,
      presence: () => this.#presence,
      changed: (timeoutMs) => this.#changed(timeoutMs),
      onDisconnected: (clean) => this.#disconnected(reader, clean),
      atr: () => this.#atr,
    });
    if (!connection.ok) return connection;
    this.#connection = connection.value;
    return ok(connection.value);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#connection?.disconnect('unpower');
    this.#closed = true;
    this.#doubts.abort();
    this.#reader?.retire();
    this.#reader = null;
    this.#become('reader-gone');
    this.#listeners.clear();
  }

  #disconnected(reader: GuardedReader, clean: boolean): void {
    if (this.#reader !== reader) return;
    this.#connection = null;
    // A handle that could not be given back would lock us out of our own reader.
    if (!clean) this.#lose(reader);
  }

  /** pcscd still lists the reader but gets no word from it; it may recover, or `end` follows. */
  #doubt(reader: GuardedReader): void {
    this.#become('reader-gone');
    if (!this.#doubts.signal.aborted) return;
    const doubts = new AbortController();
    this.#doubts = doubts;
    void this.#clock.sleep(limits.doubtMs, doubts.signal).then(() => {
      if (!doubts.signal.aborted) this.#lose(reader);
    });
  }

  #lose(reader: GuardedReader): void {
    if (this.#reader !== reader) return;
    this.#doubts.abort();
    void this.#connection?.disconnect('unpower');
    this.#reader = null;
    this.#connection = null;
    reader.retire();
    this.#become('reader-gone');
    this.#supervisor?.look();
  }

  #become(presence: CardPresence): void {
    if (this.#presence === presence) return;
    this.#presence = presence;
    for (const listener of this.#listeners) listener(presence);
  }

  /** Resolves at the next change of presence, or after `timeoutMs`. */
  async #changed(timeoutMs: number): Promise<void> {
    const change = new AbortController();
    const before = this.#presence;
    const stop = this.onPresence((presence) => {
      if (presence !== before) change.abort();
    });
    await this.#clock.sleep(timeoutMs, change.signal);
    stop();
  }
}
