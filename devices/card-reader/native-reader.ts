// One pcsclite reader object and the rules that keep it from taking the process down.
// They follow from its C++ source:
// - `close` joins a thread that needs the mutex which a running command holds: never close
//   while a command runs, and never inside an event (the event holds the mutex itself).
// - `close` before its thread waits for pcscd leaves a handle open that keeps the process
//   from ending: never before the first event, and a moment after the latest one.
// - the object must stay referenced until the callbacks after `close` have run.
// - `connected` stays true after a failed disconnect, and `connect` then does nothing.
import type { NativeReader } from 'pcsclite';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';
import { pcscFault } from './pcsc-fault.js';
import type { CardFault } from './port.js';

const kept = new Set<NativeReader>();

export class GuardedReader {
  readonly #native: NativeReader;
  readonly #clock: Clock;
  readonly #firstWord: Promise<void>;
  #running = 0;
  #retired = false;
  #isSettled = false;
  #closed = false;

  constructor(native: NativeReader, clock: Clock) {
    this.#native = native;
    this.#clock = clock;
    kept.add(native);
    this.#firstWord = new Promise((resolve) => {
      native.once('status', () => resolve());
      native.once('end', () => resolve());
    });
    // Without a listener an `error` event would be thrown; `end` follows it.
    native.on('error', () => undefined);
  }

  onStatus(listener: (status: { readonly state: number; readonly atr: Buffer }) => void): void {
    this.#native.on('status', (status: { state: number; atr?: Buffer }) => {
      if (!this.#retired) listener({ state: status.state, atr: status.atr ?? Buffer.alloc(0) });
    });
  }

  /** Called once, outside of pcsclite's own callback, when the reader or pcscd is gone. */
  onEnd(listener: () => void): void {
    this.#native.once('end', () => setImmediate(listener));
  }

  /** SCARD_SHARE_EXCLUSIVE, T=0 or T=1. Answers the protocol. */
  connect(): Promise<Result<number, CardFault>> {
    const native = this.#native;
    return this.#run<number>((done) => {
      native.connected = false;
      const protocol = native.SCARD_PROTOCOL_T0 | native.SCARD_PROTOCOL_T1;
      native.connect({ share_mode: native.SCARD_SHARE_EXCLUSIVE, protocol }, done);
    });
  }

  transmit(command: Buffer, protocol: number): Promise<Result<Buffer, CardFault>> {
    return this.#run<Buffer>((done) => this.#native.transmit(command, limits.answerBytes, protocol, done));
  }

  disconnect(disposition: 'reset' | 'unpower'): Promise<Result<void, CardFault>> {
    const native = this.#native;
    const code = disposition === 'reset' ? native.SCARD_RESET_CARD : native.SCARD_UNPOWER_CARD;
    return this.#run<void>((done) => native.disconnect(code, (error) => done(error)));
  }

  /** Stops the native thread as soon as that is safe. Nothing is told to anybody afterwards. */
  retire(): void {
    if (this.#retired) return;
    this.#retired = true;
    void this.#firstWord.then(() => this.#clock.sleep(limits.threadSettleMs)).then(() => this.#settle());
  }

  #run<T>(start: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<Result<T, CardFault>> {
    return new Promise((resolve) => {
      this.#running++;
      const finish = (result: Result<T, CardFault>): void => {
        this.#running--;
        if (this.#isSettled) setImmediate(() => this.#closeWhenIdle());
        resolve(result);
      };
      try {
        start((error, value) => finish(error == null ? ok(value) : err(pcscFault(error))));
      } catch (error) {
        finish(err(pcscFault(error)));
      }
    });
  }

  #settle(): void {
    this.#isSettled = true;
    setImmediate(() => this.#closeWhenIdle());
  }

  #closeWhenIdle(): void {
    if (this.#closed || this.#running > 0) return;
    this.#closed = true;
    this.#native.close();
    releaseLater(this.#native, limits.retireTurns);
  }
}

function releaseLater(native: NativeReader, turns: number): void {
  if (turns === 0) return void kept.delete(native);
  setImmediate(() => releaseLater(native, turns - 1));
}
