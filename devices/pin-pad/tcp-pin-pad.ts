// The adapter to a PIN pad over TCP (`protocol.ts`). It opens the line when it is needed
// and again when it was lost. A line lost during an entry makes that entry `unavailable`:
// the person starts again, with a new key; a PIN block is never asked for twice.
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';
import { openLine, type LineConnection, type PinPadAddress } from './line-connection.js';
import type { EncipheredPin, PinEntry, PinPad, PinPadFault } from './port.js';
import type { FromPad, ToPad } from './protocol.js';

export type TcpPinPadOptions = PinPadAddress & { readonly clock: Clock; readonly random: Random; readonly log: Log };

/** How a question ended: the pad's last word, or why there was none. */
type End = FromPad | { readonly type: 'no-answer'; readonly cause: string };
type Question = { readonly finish: (end: End) => void; readonly onDigits: (count: number) => void };
type Asking = {
  readonly message: ToPad;
  readonly timeoutMs: number;
  readonly onDigits?: ((count: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

export function createTcpPinPad(options: TcpPinPadOptions): PinPad {
  return new TcpPinPad(options);
}

class TcpPinPad implements PinPad {
  readonly description: string;
  readonly #options: TcpPinPadOptions;
  #line: LineConnection | null = null;
  #opening: Promise<Result<LineConnection, string>> | null = null;
  readonly #questions = new Map<string, Question>();
  #closed = false;

  constructor(options: TcpPinPadOptions) {
    this.#options = options;
    this.description = `tcp: ${options.host}:${options.port}`;
  }

  async isReady(): Promise<boolean> {
    const message = { type: 'status', id: this.#options.random.uuid() } as const;
    const end = await this.#ask({ message, timeoutMs: limits.statusTimeoutMs });
    return end.type === 'status' && end.state === 'ready';
  }

  async enterPin(entry: PinEntry): Promise<Result<EncipheredPin, PinPadFault>> {
    const { pan, amountYen, timeoutMs, signal, onDigits } = entry;
    const message = { type: 'enter-pin', id: this.#options.random.uuid(), pan, amountYen, timeoutMs } as const;
    const end = await this.#ask({ message, timeoutMs: timeoutMs + limits.graceMs, onDigits, signal });
    // A block that crossed the cancelling is dropped: its key is used up, nobody waits for it.
    return signal?.aborted === true ? err({ code: 'cancelled', detail: 'by-the-kiosk' }) : toResult(end);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#opening;
    this.#line?.end('closed-by-the-kiosk');
  }

  async #ask(asking: Asking): Promise<End> {
    const line = await this.#openLine();
    if (!line.ok) return { type: 'no-answer', cause: line.error };
    if (asking.signal?.aborted === true) return { type: 'cancelled', id: asking.message.id };
    const end = await this.#answerTo(asking, line.value);
    // A pad that is silent past its own time is not in step with us: begin anew.
    if (end.type === 'no-answer') line.value.end(end.cause);
    return end;
  }

  async #answerTo({ message, timeoutMs, onDigits, signal }: Asking, line: LineConnection): Promise<End> {
    const answered = new AbortController();
    const cancelling = new AbortController();
    const end = await new Promise<End>((resolve) => {
      const silentAfter = (ms: number): void =>
        void this.#options.clock.sleep(ms, answered.signal).then(() => resolve({ type: 'no-answer', cause: 'pad-silent' }));
      const cancel = (): void => {
        line.send({ type: 'cancel', id: message.id });
        silentAfter(limits.graceMs);
      };
      signal?.addEventListener('abort', cancel, { once: true, signal: cancelling.signal });
      this.#questions.set(message.id, { finish: resolve, onDigits: onDigits ?? (() => undefined) });
      silentAfter(timeoutMs);
      line.send(message);
    });
    answered.abort();
    cancelling.abort();
    this.#questions.delete(message.id);
    return end;
  }

  /** One line for all callers; a lost one is opened anew by the next caller. */
  #openLine(): Promise<Result<LineConnection, string>> {
    if (this.#closed) return Promise.resolve(err('closed'));
    if (this.#line?.isOpen === true) return Promise.resolve(ok(this.#line));
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<Result<LineConnection, string>> {
    const line = await openLine(this.#options);
    if (!line.ok) {
      this.#options.log.warn('pin-pad-unreachable', { cause: line.error });
      return line;
    }
    line.value.onMessage = (message) => this.#receive(message);
    line.value.onEnd = (cause) => this.#lost(cause);
    this.#line = line.value;
    return line;
  }

  #receive(message: FromPad): void {
    const question = this.#questions.get(message.id);
    if (question === undefined) return this.#options.log.warn('pin-pad-unasked', { type: message.type });
    if (message.type === 'digits') question.onDigits(message.count);
    else question.finish(message);
  }

  #lost(cause: string): void {
    if (!this.#closed) this.#options.log.warn('pin-pad-line-lost', { cause });
    for (const question of this.#questions.values()) question.finish({ type: 'no-answer', cause });
  }
}

function toResult(end: End): Result<EncipheredPin, PinPadFault> {
  switch (end.type) {
    case 'pin':
      return ok({ pinBlock: Buffer.from(end.pinBlock, 'hex'), ksn: Buffer.from(end.ksn, 'hex') });
    case 'cancelled':
      return err({ code: 'cancelled', detail: 'on-the-pad-or-by-the-kiosk' });
    case 'timed-out':
      return err({ code: 'timed-out', detail: 'on-the-pad' });
    case 'refused':
      return err({ code: end.reason === 'keys-exhausted' ? 'keys-exhausted' : 'unavailable', detail: end.reason });
    case 'no-answer':
      return err({ code: 'unavailable', detail: end.cause });
    case 'status':
    case 'digits':
      return err({ code: 'unavailable', detail: 'answer-out-of-place' });
  }
}
