// A card reader without PC/SC: the reader side of vpcd's protocol (card-and-pki §9),
// listening on 127.0.0.1 inside the kiosk's process. For machines where pcscd cannot run:
// the same virtual card that would connect to vpcd connects here.
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { CardConnection, CardFault, CardPresence, CardReader } from '#devices/card-reader/port.js';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { control, createFrameReader, encodeFrame } from './pcsc/frame.js';
import { limits } from './pcsc/limits.js';

export type DirectReader = CardReader & { readonly port: number };
export type DirectReaderFault = { readonly code: 'port-not-available'; readonly detail: string };

/** `port` 0 takes a free one; the real one is in the answer. */
export function createDirectReader(options: {
  readonly port: number;
  readonly clock: Clock;
}): Promise<Result<DirectReader, DirectReaderFault>> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error) => resolve(err({ code: 'port-not-available', detail: error.message })));
    server.listen({ host: '127.0.0.1', port: options.port, exclusive: true }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      resolve(ok(serveReader(server, port, options.clock)));
    });
  });
}

function serveReader(server: Server, port: number, clock: Clock): DirectReader {
  const listeners = new Set<(presence: CardPresence) => void>();
  let card: CardInSlot | null = null;
  let closed = false;
  const presence = (): CardPresence => (closed ? 'reader-gone' : card === null || card.atr === null ? 'absent' : 'present');
  const tell = (): void => {
    for (const listener of listeners) listener(presence());
  };
  server.on('connection', (socket) => {
    // The slot holds one card; a second one does not fit.
    if (card !== null || closed) return void socket.destroy();
    const entering = new CardInSlot(socket, clock);
    card = entering;
    socket.once('close', () => {
      entering.leave();
      card = null;
      tell();
    });
    void entering.readAtr().then((read) => {
      if (read.ok) tell();
      else socket.destroy();
    });
  });
  return {
    port,
    description: `direct: 127.0.0.1:${port} (no pcscd)`,
    presence,
    onPresence: (listener) => {
      listeners.add(listener);
      listener(presence());
      return () => listeners.delete(listener);
    },
    connect: async () => {
      if (closed) return fault('reader-gone', 'the reader is closed');
      return card === null ? fault('no-card', 'the slot is empty') : card.connect();
    },
    close: () => {
      closed = true;
      card?.leave();
      tell();
      listeners.clear();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Waiter = (answer: Result<Buffer, CardFault>) => void;

/** One insertion. Answers come in the order of the questions. */
class CardInSlot {
  atr: Buffer | null = null;
  #connected = false;
  #gone = false;
  readonly #waiting: Waiter[] = [];
  readonly #socket: Socket;
  readonly #clock: Clock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(socket: Socket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    // An empty answer is how a card says that it was taken out.
    const read = createFrameReader((payload) => (payload.length === 0 ? this.leave() : this.#waiting.shift()?.(ok(payload))));
    socket.on('data', read);
  }

  leave(): void {
    this.#gone = true;
    this.#socket.destroy();
    for (const waiter of this.#waiting.splice(0)) waiter(fault('card-removed', 'the card was taken out'));
  }

  async readAtr(): Promise<Result<Buffer, CardFault>> {
    const atr = await this.#ask(Buffer.from([control.atr]));
    if (atr.ok) this.atr = atr.value;
    return atr;
  }

  async connect(): Promise<Result<CardConnection, CardFault>> {
    if (this.#connected) return fault('sharing-violation', 'the card is connected already');
    this.#connected = true;
    this.#tell(control.powerOn);
    const atr = await this.readAtr();
    if (!atr.ok) return atr;
    let open = true;
    return ok({
      atr: atr.value,
      transmit: async (command) => {
        if (!open) return fault('card-removed', 'the connection is closed');
        // One byte would be a control code; a command APDU has at least four.
        return command.length < 4 ? fault('unresponsive-card', 'not a command APDU') : this.#ask(command);
      },
      disconnect: async (disposition) => {
        if (!open) return;
        open = false;
        await this.#last;
        this.#tell(disposition === 'reset' ? control.reset : control.powerOff);
        this.#connected = false;
      },
    });
  }

  #tell(code: number): void {
    if (!this.#gone) this.#socket.write(encodeFrame(Buffer.from([code])));
  }

  /** Serialised: the next question waits for the answer before. */
  #ask(payload: Uint8Array): Promise<Result<Buffer, CardFault>> {
    const asked = this.#last.then(() => this.#exchange(payload));
    this.#last = asked;
    return asked;
  }

  async #exchange(payload: Uint8Array): Promise<Result<Buffer, CardFault>> {
    if (this.#gone) return fault('card-removed', 'the card was taken out');
    const deadline = new AbortController();
    const answered = new Promise<Result<Buffer, CardFault>>((resolve) => this.#waiting.push(resolve));
    const frame = encodeFrame(payload);
    this.#socket.write(frame, () => frame.fill(0));
    const late = this.#clock.sleep(limits.answerTimeoutMs, deadline.signal).then(() => fault('unresponsive-card', 'no answer in time'));
    const answer = await Promise.race([answered, late]);
    deadline.abort();
    // A late answer would be taken for the next one: such a card is out.
    if (!answer.ok) this.leave();
    return answer;
  }
}

function fault(code: CardFault['code'], detail: string): Result<never, CardFault> {
  return err({ code, detail });
}
