// One TCP connection to the host, and who waits on it. Answers are matched by MTI class,
// DE41, DE11 and DE7; what matches nobody is a late or doubled answer: logged, ignored.
import { connect, type Socket } from 'node:net';
import { decode, encode } from '#libs/iso8583/codec.js';
import { encodeFrame, FrameReader } from '#libs/iso8583/framing.js';
import type { Message } from '#libs/iso8583/message.js';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { UnknownCause } from './host-link.js';
import { isAnswerTo, matchingKey } from './messages.js';

type Answer = Result<Message, UnknownCause>;
type Waiting = { readonly request: Message; readonly finish: (answer: Answer) => void };

export class HostConnection {
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<string, Waiting>();
  readonly #ended = new AbortController();
  #heardMs: number;

  constructor(socket: Socket, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
    this.#socket = socket.setNoDelay(true);
    this.#clock = clock;
    this.#log = log;
    this.#heardMs = clock.monotonicMs();
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (cause: NodeJS.ErrnoException) => this.end('connection-lost', cause.code ?? 'socket-error'));
    socket.on('close', () => this.end('connection-lost', 'closed-by-the-host'));
    // It may have ended between its connecting and now.
    if (socket.destroyed) this.end('connection-lost', 'closed-by-the-host');
  }

  get isOpen(): boolean {
    return !this.#ended.signal.aborted;
  }

  /** Aborts when the connection is over. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get hasWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  idleMs(): number {
    return this.#clock.monotonicMs() - this.#heardMs;
  }

  /** The bytes go out before this returns its promise; from then on a failure means "perhaps". */
  request(own: Message, timeoutMs: number): Promise<Answer> {
    const key = matchingKey(own);
    const bytes = encode(own);
    assert(this.isOpen, 'request-on-an-ended-connection');
    assert(bytes.ok && key !== null, 'own-message-not-encodable');
    assert(!this.#waiting.has(key), 'request-in-flight-already');
    const answered = new AbortController();
    return new Promise<Answer>((resolve) => {
      const finish = (answer: Answer): void => {
        this.#waiting.delete(key);
        answered.abort();
        resolve(answer);
      };
      this.#waiting.set(key, { request: own, finish });
      this.#socket.write(encodeFrame(bytes.value));
      void this.#clock.sleep(timeoutMs, answered.signal).then(() => finish(err('timed-out')));
    });
  }

  /** Whoever waits is told `cause`. The second call does nothing. */
  end(cause: UnknownCause, detail: string): void {
    if (!this.isOpen) return;
    this.#ended.abort();
    this.#socket.destroy();
    this.#log.info('host-connection-ended', { cause, detail });
    for (const { finish } of this.#waiting.values()) finish(err(cause));
  }

  #receive(chunk: Buffer): void {
    this.#heardMs = this.#clock.monotonicMs();
    const frames = this.#reader.push(chunk);
    if (!frames.ok) return this.end('malformed-answer', frames.error.code);
    for (const frame of frames.value) this.#take(frame);
  }

  #take(frame: Buffer): void {
    const decoded = decode(frame);
    // Nobody can tell whose answer this was, so it may have been anybody's.
    if (!decoded.ok) return this.end('malformed-answer', decoded.error.code);
    const key = matchingKey(decoded.value);
    const waiting = key === null ? undefined : this.#waiting.get(key);
    if (waiting === undefined) return this.#log.warn('unmatched-answer', { mti: decoded.value.mti });
    waiting.finish(isAnswerTo(waiting.request, decoded.value) ? ok(decoded.value) : err('malformed-answer'));
  }
}

export type HostAddress = { readonly host: string; readonly port: number; readonly timeoutMs: number };

/** The connected socket, or the network's own word for why there is none. Ends early with `signal`. */
export function openSocket({ host, port, timeoutMs }: HostAddress, signal: AbortSignal): Promise<Result<Socket, string>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (result: Result<Socket, string>): void => {
      socket.setTimeout(0).removeAllListeners();
      // An error without a listener would end the process; whoever takes the socket adds their own.
      socket.on('error', () => undefined);
      signal.removeEventListener('abort', abort);
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const abort = (): void => finish(err('closed'));
    signal.addEventListener('abort', abort, { once: true });
    socket.setTimeout(timeoutMs, () => finish(err('connect-timed-out')));
    socket.once('error', (cause: NodeJS.ErrnoException) => finish(err(cause.code ?? 'socket-error')));
    socket.once('connect', () => finish(ok(socket)));
  });
}
