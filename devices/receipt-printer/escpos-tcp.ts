// The real adapter of port.ts: an ESC/POS printer on a raw TCP port (9100). Each slip has
// its own connection: asked first how it is, and believed to have printed only when it
// answers behind the slip.
import { connect, type Socket } from 'node:net';
import type { Clock } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { commands, encodeSlip, isConfirmation, isOffline, isPaperOut, isRealTimeStatus, nameOfflineCause } from './escpos.js';
import { limits } from './limits.js';
import type { ReceiptPrinter, ReceiptPrinterFault } from './port.js';

export type EscposPrinterOptions = {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
};

type Outcome = Result<void, ReceiptPrinterFault>;

export function createEscposPrinter(options: EscposPrinterOptions): ReceiptPrinter {
  // One connection at a time: these printers take a single one and let the next wait.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    description: `escpos://${options.host}:${options.port}`,
    isReady: () => inTurn(async () => (await withLine(options, askStatus)).ok),
    print: async (lines) => {
      const slip = encodeSlip(lines);
      if (!slip.ok) return slip;
      return inTurn(() => withLine(options, (line) => printSlip(line, slip.value)));
    },
    close: async () => {
      await last;
    },
  };
}

async function printSlip(line: Line, slip: Buffer): Promise<Outcome> {
  const status = await askStatus(line);
  if (!status.ok) return status;
  const answer = await line.ask(slip, limits.slipTimeoutMs);
  if (answer !== null && isConfirmation(answer)) return ok(undefined);
  // Out of paper it goes offline and answers only in real time.
  const cause = await askStatus(line);
  return cause.ok ? err({ code: 'unreachable', detail: 'not-confirmed' }) : cause;
}

async function askStatus(line: Line): Promise<Outcome> {
  const paper = await line.ask(commands.paperStatus, limits.statusTimeoutMs);
  if (paper === null) return err({ code: 'unreachable', detail: 'no-status' });
  if (!isRealTimeStatus(paper)) return err({ code: 'refused', detail: 'malformed-status' });
  if (isPaperOut(paper)) return err({ code: 'out-of-paper', detail: 'paper-end' });
  const printer = await line.ask(commands.printerStatus, limits.statusTimeoutMs);
  if (printer === null) return err({ code: 'unreachable', detail: 'no-status' });
  if (!isRealTimeStatus(printer)) return err({ code: 'refused', detail: 'malformed-status' });
  if (!isOffline(printer)) return ok(undefined);
  const cause = await line.ask(commands.offlineCause, limits.statusTimeoutMs);
  return err({ code: 'refused', detail: cause === null ? 'offline' : `offline: ${nameOfflineCause(cause)}` });
}

/** An open connection on which every question has an answer of one octet. */
type Line = { ask(octets: Buffer, timeoutMs: number): Promise<number | null> };

async function withLine({ host, port, clock }: EscposPrinterOptions, act: (line: Line) => Promise<Outcome>): Promise<Outcome> {
  const socket = connect({ host, port });
  const inbox = new Inbox(socket);
  try {
    const opened = await Promise.race([inbox.opened, clock.sleep(limits.connectTimeoutMs).then(() => 'timeout')]);
    if (opened !== 'open') return err({ code: 'unreachable', detail: opened });
    return await act({ ask: (octets, timeoutMs) => inbox.ask(octets, timeoutMs, clock) });
  } finally {
    socket.destroy();
  }
}

class Inbox {
  /** `open`, or the network's own word. */
  readonly opened: Promise<string>;
  #answered: ((octet: number | null) => void) | null = null;
  #isDead = false;

  constructor(private readonly socket: Socket) {
    this.opened = new Promise((resolve) => {
      socket.once('connect', () => resolve('open'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    });
    socket.on('data', (octets) => this.#answered?.(octets.at(-1) ?? null));
    socket.on('close', () => {
      this.#isDead = true;
      this.#answered?.(null);
    });
  }

  /** Null when nothing came in time or the connection ended. */
  async ask(octets: Buffer, timeoutMs: number, clock: Clock): Promise<number | null> {
    if (this.#isDead) return null;
    const over = new AbortController();
    const answer = new Promise<number | null>((resolve) => (this.#answered = resolve));
    this.socket.write(octets);
    const octet = await Promise.race([answer, clock.sleep(timeoutMs, over.signal).then(() => null)]);
    this.#answered = null;
    over.abort();
    return octet;
  }
}
