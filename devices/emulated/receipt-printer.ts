// A slip printer that is not there: a TCP server on loopback that understands exactly the
// ESC/POS subset of devices/receipt-printer, keeps the slips as lines of text, and ends
// the connection on anything else. One connection at a time, as the real ones.
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ReceiptLine } from '#devices/receipt-printer/port.js';
import type { Random } from '#libs/std/random.js';
import { SlipReader, type SlipEvent } from './slip-reader.js';

export const receiptPrinterFaults = ['none', 'out-of-paper', 'out-of-paper-while-printing', 'cover-open', 'silent', 'offline'] as const;

export type EmulatedReceiptPrinterFault = (typeof receiptPrinterFaults)[number];

/** A slip that was cut off, line by line. */
export type Slip = {
  readonly id: string;
  readonly lines: readonly Required<ReceiptLine>[];
};

export type EmulatedReceiptPrinterState = {
  readonly fault: EmulatedReceiptPrinterFault;
  /** Slips that nobody has taken, the oldest first. */
  readonly slips: readonly Slip[];
  /** Octets or order that a printer would have garbled: each ended its connection. */
  readonly violations: readonly string[];
};

export interface EmulatedReceiptPrinter {
  readonly host: string;
  readonly port: number;
  state(): EmulatedReceiptPrinterState;
  setFault(fault: EmulatedReceiptPrinterFault): void;
  takeSlips(ids?: readonly string[]): readonly Slip[];
  /** Calls back after every change; the answer ends it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export type EmulatedReceiptPrinterOptions = {
  /** Loopback only. */
  readonly host: '127.0.0.1' | '::1';
  /** 0 takes any free one. */
  readonly port: number;
  readonly random: Random;
};

export async function startEmulatedReceiptPrinter(options: EmulatedReceiptPrinterOptions): Promise<EmulatedReceiptPrinter> {
  const machine = new Machine(options.random);
  const queue: Socket[] = [];
  const server = createServer((socket) => {
    queue.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      queue.splice(queue.indexOf(socket), 1);
      queue[0]?.resume();
    });
    if (machine.fault === 'offline') return void socket.destroy();
    const reader = new SlipReader();
    socket.on('data', (octets) => {
      for (const event of reader.read(octets)) machine.take(event, socket);
    });
    // The next one waits until the one before it has hung up.
    if (queue[0] !== socket) socket.pause();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, resolve);
  });
  return {
    host: options.host,
    port: (server.address() as AddressInfo).port,
    state: () => ({ fault: machine.fault, slips: [...machine.slips], violations: [...machine.violations] }),
    setFault: (fault) => machine.change(() => (machine.fault = fault)),
    takeSlips: (ids) => machine.takeSlips(ids),
    onChange: (listener) => {
      machine.listeners.add(listener);
      return () => void machine.listeners.delete(listener);
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of queue) socket.destroy();
      await closed;
    },
  };
}

class Machine {
  fault: EmulatedReceiptPrinterFault = 'none';
  slips: Slip[] = [];
  readonly violations: string[] = [];
  readonly listeners = new Set<() => void>();

  constructor(private readonly random: Random) {}

  change(act: () => void): void {
    act();
    for (const listener of this.listeners) listener();
  }

  takeSlips(ids: readonly string[] | undefined): readonly Slip[] {
    const taken = this.slips.filter((slip) => ids === undefined || ids.includes(slip.id));
    this.change(() => (this.slips = this.slips.filter((slip) => !taken.includes(slip))));
    return taken;
  }

  take(event: SlipEvent, socket: Socket): void {
    if (this.fault === 'silent') return;
    switch (event.kind) {
      case 'status':
        return void socket.write(Buffer.of(this.#status(event.of)));
      case 'cut':
        return this.#cut(event.lines);
      case 'confirm':
        // Offline it processes nothing more, so this never gets its answer.
        if (!this.#isOffline()) socket.write(Buffer.of(0x00));
        return;
      case 'violation':
        this.change(() => this.violations.push(event.what));
        socket.destroy();
    }
  }

  #cut(lines: readonly Required<ReceiptLine>[]): void {
    if (this.#isOffline()) return;
    if (this.fault === 'out-of-paper-while-printing') return this.change(() => (this.fault = 'out-of-paper'));
    this.change(() => this.slips.push({ id: this.random.uuid(), lines }));
  }

  #isOffline(): boolean {
    return this.fault === 'out-of-paper' || this.fault === 'cover-open';
  }

  /** Epson: DLE EOT 1 (printer), 2 (cause of offline), 4 (roll paper sensor). */
  #status(of: 1 | 2 | 4): number {
    const fixed = 0x12;
    if (of === 1) return fixed | (this.#isOffline() ? 0x08 : 0);
    if (of === 4) return fixed | (this.fault === 'out-of-paper' ? 0x6c : 0);
    return fixed | (this.fault === 'cover-open' ? 0x04 : 0) | (this.fault === 'out-of-paper' ? 0x20 : 0);
  }
}
