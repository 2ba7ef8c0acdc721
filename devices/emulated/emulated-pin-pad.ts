// An encrypting PIN pad on a loopback port, for branches without one. Its keys are pressed
// by the bench; it speaks `devices/pin-pad/protocol.ts`. The PIN lies in one Buffer that is
// wiped at the end of every entry; no method and no message gives it out.
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { encodePinBlock } from '#libs/paycrypto/pin-block.js';
import { pinEncipheringKey } from '#libs/paycrypto/dukpt.js';
import { tdesEncrypt } from '#libs/paycrypto/des.js';
import { assert } from '#libs/std/assert.js';
import { toHex, wipe } from '#libs/std/bytes.js';
import type { Clock } from '#libs/std/clock.js';
import { encodeLine, LineReader, toPadSchema, type FromPad, type ToPad } from '../pin-pad/protocol.js';
import { openPinPadKeys, type PinPadKeys, type PinPadKeysOptions } from './pin-pad-keys.js';

/** PINs of Japanese cash cards have four digits. */
const pinLength = 4;

export type PinPadState = { readonly asking: boolean; readonly amountYen: number | null; readonly digits: number };

export type EmulatedPinPadOptions = PinPadKeysOptions & {
  readonly clock: Clock;
  /** 0 or absent: any free port. */
  readonly port?: number;
};

type Entry = { readonly socket: Socket; readonly question: Extract<ToPad, { type: 'enter-pin' }>; readonly timer: AbortController };

export async function startEmulatedPinPad(options: EmulatedPinPadOptions): Promise<EmulatedPinPad> {
  const pad = new EmulatedPinPad(options);
  await pad.listen(options.port ?? 0);
  return pad;
}

export class EmulatedPinPad {
  readonly #keys: PinPadKeys;
  readonly #clock: Clock;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #listeners = new Set<(state: PinPadState) => void>();
  readonly #pin = Buffer.alloc(pinLength);
  #digits = 0;
  #entry: Entry | null = null;

  constructor(options: EmulatedPinPadOptions) {
    this.#keys = openPinPadKeys(options);
    this.#clock = options.clock;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
  }

  get port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    assert(address !== null && typeof address === 'object', 'pin-pad-not-listening');
    return address.port;
  }

  state(): PinPadState {
    return { asking: this.#entry !== null, amountYen: this.#entry?.question.amountYen ?? null, digits: this.#digits };
  }

  /** Called at every change. Returns how to stop. */
  onChange(listener: (state: PinPadState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nothing happens when nothing is asked or all places are full, as on a real keypad. */
  pressDigit(digit: number): void {
    assert(Number.isInteger(digit) && digit >= 0 && digit <= 9, 'not-a-digit');
    if (this.#entry === null || this.#digits === pinLength) return;
    this.#pin.writeUInt8(0x30 + digit, this.#digits++);
    this.#tellDigits(this.#entry);
  }

  pressClear(): void {
    if (this.#entry === null) return;
    this.#forgetPin();
    this.#tellDigits(this.#entry);
  }

  pressCancel(): void {
    if (this.#entry !== null) this.#finish(this.#entry, { type: 'cancelled', id: this.#entry.question.id });
  }

  /** Too few digits: nothing happens. */
  pressEnter(): void {
    const entry = this.#entry;
    if (entry === null || this.#digits < pinLength) return;
    this.#finish(entry, this.#encipher(entry.question));
  }

  /** What a cut cable does: every line ends, an entry under way is forgotten. */
  cutLines(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cutLines();
    this.#keys.register.erase();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #encipher({ id, pan }: { readonly id: string; readonly pan: string }): FromPad {
    const next = this.#keys.register.next(this.#keys.persist);
    if (!next.ok) return { type: 'refused', id, reason: 'keys-exhausted' };
    const key = pinEncipheringKey(next.value.key);
    const clear = encodePinBlock(this.#pin, pan);
    const pinBlock = toHex(tdesEncrypt(key, clear));
    for (const secret of [clear, key, next.value.key]) wipe(secret);
    return { type: 'pin', id, pinBlock, ksn: toHex(next.value.ksn) };
  }

  #accept(socket: Socket): void {
    const reader = new LineReader(toPadSchema);
    this.#sockets.add(socket.setNoDelay(true));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (this.#entry?.socket === socket) this.#end(this.#entry);
    });
    socket.on('data', (chunk) => {
      const messages = reader.push(chunk);
      if (!messages.ok) return void socket.destroy();
      for (const message of messages.value) this.#receive(socket, message);
    });
  }

  #receive(socket: Socket, message: ToPad): void {
    switch (message.type) {
      case 'status':
        return say(socket, { type: 'status', id: message.id, state: this.#ownState() });
      case 'cancel':
        if (this.#entry?.question.id === message.id) this.pressCancel();
        return;
      case 'enter-pin':
        return this.#ask(socket, message);
    }
  }

  #ownState(): 'ready' | 'busy' | 'keys-exhausted' {
    if (this.#keys.register.isExhausted) return 'keys-exhausted';
    return this.#entry === null ? 'ready' : 'busy';
  }

  #ask(socket: Socket, question: Entry['question']): void {
    const own = this.#ownState();
    if (own !== 'ready') return say(socket, { type: 'refused', id: question.id, reason: own });
    const entry: Entry = { socket, question, timer: new AbortController() };
    this.#entry = entry;
    this.#forgetPin();
    this.#changed();
    void this.#clock.sleep(question.timeoutMs, entry.timer.signal).then(() => {
      if (this.#entry === entry) this.#finish(entry, { type: 'timed-out', id: question.id });
    });
  }

  #tellDigits({ socket, question }: Entry): void {
    say(socket, { type: 'digits', id: question.id, count: this.#digits });
    this.#changed();
  }

  #finish(entry: Entry, last: FromPad): void {
    say(entry.socket, last);
    this.#end(entry);
  }

  #end(entry: Entry): void {
    entry.timer.abort();
    this.#entry = null;
    this.#forgetPin();
    this.#changed();
  }

  #forgetPin(): void {
    wipe(this.#pin);
    this.#digits = 0;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener(this.state());
  }
}

function say(socket: Socket, message: FromPad): void {
  socket.write(encodeLine(message));
}
