// The TCP end of the host interface: frames in, frames out, and the faults between them.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { encodeFrame, FrameReader } from '#libs/iso8583/framing.js';
import { assert } from '#libs/std/assert.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Host, Session } from '../host/host.js';
import { limits } from '../limits.js';
import { delaysOf, type BankFault, type FaultSwitch } from './fault-switch.js';

export type TcpServerParts = { readonly host: Host; readonly faults: FaultSwitch; readonly clock: Clock; readonly log: Log };

type Connection = { readonly socket: Socket; readonly session: Session };

export class TcpServer {
  readonly #parts: TcpServerParts;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #stopping = new AbortController();

  constructor(parts: TcpServerParts) {
    this.#parts = parts;
    this.#server = createServer((socket) => this.#accept(socket));
    this.#server.maxConnections = limits.connections;
  }

  listen(host: string, port: number): Promise<AddressInfo> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => {
        const address = this.#server.address();
        assert(address !== null && typeof address === 'object', 'host-not-listening');
        resolve(address);
      });
    });
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(socket: Socket): void {
    const reader = new FrameReader();
    const connection: Connection = { socket: socket.setNoDelay(true), session: { signedOn: false } };
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      const frames = reader.push(chunk);
      if (!frames.ok) {
        this.#parts.log.warn('broken-frame', { fault: frames.error.code, length: frames.error.length });
        socket.destroy();
        return;
      }
      for (const frame of frames.value) {
        this.#serve(connection, frame).catch(() => {
          this.#parts.log.error('message-failed');
          socket.destroy();
        });
      }
    });
  }

  async #serve(connection: Connection, bytes: Buffer): Promise<void> {
    const fault: BankFault = isFinancial(bytes) ? this.#parts.faults.take() : { fault: 'none' };
    if (fault.fault === 'drop-request') return;
    const { beforeMs, afterMs } = delaysOf(fault);
    if (beforeMs > 0) await this.#sleep(beforeMs);
    if (this.#stopping.signal.aborted) return;
    const forcedCode = fault.fault === 'decline' ? (fault.responseCode ?? '05') : null;
    const answer = this.#parts.host.answer({ bytes, session: connection.session, forcedCode });
    if (answer === null) return void connection.socket.destroy();
    if (afterMs > 0) await this.#sleep(afterMs);
    if (!this.#stopping.signal.aborted) send(connection.socket, answer, fault);
  }

  #sleep(ms: number): Promise<void> {
    return this.#parts.clock.sleep(ms, this.#stopping.signal);
  }
}

/** MTI 02xx or 04xx. */
function isFinancial(bytes: Buffer): boolean {
  return bytes[0] === 0x02 || bytes[0] === 0x04;
}

function send(socket: Socket, answer: Buffer, { fault }: BankFault): void {
  const frame = encodeFrame(answer);
  switch (fault) {
    case 'drop-response':
      return;
    case 'reset-mid-frame':
      socket.write(frame.subarray(0, frame.length >> 1), () => socket.resetAndDestroy());
      return;
    case 'garbage':
      socket.write(encodeFrame(Buffer.alloc(answer.length, 0xff)));
      return;
    case 'duplicate-response':
      socket.write(Buffer.concat([frame, frame]));
      return;
    case 'none':
    case 'drop-request':
    case 'slow':
    case 'late':
    case 'decline':
      socket.write(frame);
      return;
  }
}
