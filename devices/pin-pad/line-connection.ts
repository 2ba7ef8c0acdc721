// One TCP connection that carries lines of the PIN pad's protocol. It ends once, for one
// reason, and tells whoever waits.
import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';
import { encodeLine, fromPadSchema, LineReader, type FromPad, type ToPad } from './protocol.js';

export type PinPadAddress = { readonly host: string; readonly port: number };

export class LineConnection {
  readonly #socket: Socket;
  readonly #reader = new LineReader(fromPadSchema);
  #ended: string | null = null;
  onMessage: (message: FromPad) => void = () => undefined;
  onEnd: (cause: string) => void = () => undefined;

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#receive(chunk));
    socket.on('error', (cause: NodeJS.ErrnoException) => this.end(cause.code ?? 'socket-error'));
    socket.on('close', () => this.end('closed-by-the-pad'));
  }

  get isOpen(): boolean {
    return this.#ended === null;
  }

  send(message: ToPad): void {
    if (this.isOpen) this.#socket.write(encodeLine(message));
  }

  end(cause: string): void {
    if (this.#ended !== null) return;
    this.#ended = cause;
    this.#socket.destroy();
    this.onEnd(cause);
  }

  #receive(chunk: Buffer): void {
    const messages = this.#reader.push(chunk);
    if (!messages.ok) return this.end(messages.error.code);
    for (const message of messages.value) if (this.isOpen) this.onMessage(message);
  }
}

export function openLine(address: PinPadAddress): Promise<Result<LineConnection, string>> {
  return new Promise((resolve) => {
    const socket = connect({ host: address.host, port: address.port });
    const fail = (cause: string): void => {
      socket.destroy();
      resolve(err(cause));
    };
    socket.setTimeout(limits.connectTimeoutMs, () => fail('connect-timed-out'));
    socket.once('error', (cause: NodeJS.ErrnoException) => fail(cause.code ?? 'socket-error'));
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners();
      resolve(ok(new LineConnection(socket)));
    });
  });
}
