// The HostLink over TCP: one connection, signed on, kept alive, opened again when it is
// lost (host interface, rule 1; reference payment §3.4 rule 12).
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { Random } from '#libs/std/random.js';
import { getText } from '#libs/iso8583/message.js';
import { HostConnection, openSocket } from './host-connection.js';
import type { HostLink, PurchaseInput, PurchaseOutcome, ReversalInput, ReversalOutcome } from './host-link.js';
import { hostLinkLimits, type HostLinkLimits } from './limits.js';
import {
  networkCodes,
  networkMessage,
  purchaseMessage,
  purchaseOutcome,
  reversalMessage,
  reversalOutcome,
  type NetworkCode,
  type Terminal,
} from './messages.js';

export type TcpHostLinkOptions = {
  readonly host: string;
  readonly port: number;
  readonly terminal: Terminal;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Called each time the host has signed us on. */
  readonly onSignedOn?: () => void;
  readonly limits?: Partial<HostLinkLimits>;
};

/** Begins to connect at once, in the background. */
export function openTcpHostLink(options: TcpHostLinkOptions): HostLink {
  return new TcpHostLink(options);
}

class TcpHostLink implements HostLink {
  readonly #options: TcpHostLinkOptions;
  readonly #limits: HostLinkLimits;
  readonly #closing = new AbortController();
  readonly #running: Promise<void>;
  #signedOn: HostConnection | null = null;
  #networkStan = 0;

  constructor(options: TcpHostLinkOptions) {
    this.#options = options;
    this.#limits = { ...hostLinkLimits, ...options.limits };
    this.#running = this.#run();
  }

  isSignedOn(): boolean {
    return this.#connection() !== null;
  }

  async purchase(input: PurchaseInput): Promise<PurchaseOutcome> {
    const own = purchaseMessage(this.#options.terminal, input);
    const connection = this.#connection();
    if (connection === null) return { outcome: 'not-sent', cause: 'not-signed-on' };
    const answer = await connection.request(own, this.#limits.answerTimeoutMs);
    return answer.ok ? purchaseOutcome(answer.value) : { outcome: 'unknown', cause: answer.error };
  }

  async reverse(input: ReversalInput, { repeat }: { readonly repeat: boolean }): Promise<ReversalOutcome> {
    const own = reversalMessage(this.#options.terminal, input, repeat ? '0421' : '0420');
    const connection = this.#connection();
    if (connection === null) return { outcome: 'no-answer', cause: 'not-signed-on' };
    const answer = await connection.request(own, this.#limits.answerTimeoutMs);
    return answer.ok ? reversalOutcome(answer.value) : { outcome: 'no-answer', cause: answer.error };
  }

  async close(): Promise<void> {
    const connection = this.#connection();
    this.#signedOn = null;
    if (connection !== null && !connection.hasWaiting) await this.#tell(connection, networkCodes.signOff);
    connection?.end('connection-lost', 'closed-by-the-kiosk');
    this.#closing.abort();
    await this.#running;
  }

  #connection(): HostConnection | null {
    return this.#signedOn?.isOpen === true ? this.#signedOn : null;
  }

  async #run(): Promise<void> {
    const { first, most } = this.#limits.reconnectPauseMs;
    let pauseMs = first;
    while (!this.#closing.signal.aborted) {
      if (await this.#live()) pauseMs = first;
      await this.#options.clock.sleep(pauseMs * (1 + this.#chance() / 2), this.#closing.signal);
      pauseMs = Math.min(pauseMs * 2, most);
    }
  }

  /** One connection from its beginning to its end; true when the host signed us on. */
  async #live(): Promise<boolean> {
    const { host, port, log } = this.#options;
    const socket = await openSocket({ host, port, timeoutMs: this.#limits.connectTimeoutMs }, this.#closing.signal);
    if (!socket.ok) {
      log.warn('host-unreachable', { cause: socket.error });
      return false;
    }
    const connection = new HostConnection(socket.value, this.#options);
    const end = (): void => connection.end('connection-lost', 'closed-by-the-kiosk');
    this.#closing.signal.addEventListener('abort', end, { once: true });
    const signedOn = await this.#tell(connection, networkCodes.signOn);
    if (signedOn) {
      log.info('host-signed-on');
      this.#signedOn = connection;
      this.#options.onSignedOn?.();
      await this.#keepAlive(connection);
    }
    this.#closing.signal.removeEventListener('abort', end);
    connection.end('connection-lost', signedOn ? 'given-up' : 'not-signed-on');
    return signedOn;
  }

  /** Returns when the connection has ended, or the host no longer answers. */
  async #keepAlive(connection: HostConnection): Promise<void> {
    let missed = 0;
    while (connection.isOpen && missed < this.#limits.missedEchoes) {
      const restMs = this.#limits.echoAfterIdleMs - connection.idleMs();
      if (restMs > 0) {
        await this.#options.clock.sleep(restMs, connection.ended);
        continue;
      }
      missed = (await this.#tell(connection, networkCodes.echo)) ? 0 : missed + 1;
    }
  }

  /** True when the host answered 00. STANs of 0800 are counted here: no transaction ever has them. */
  async #tell(connection: HostConnection, code: NetworkCode): Promise<boolean> {
    if (!connection.isOpen) return false;
    this.#networkStan = (this.#networkStan % 999_999) + 1;
    const stan = String(this.#networkStan).padStart(6, '0');
    const own = networkMessage(this.#options.terminal, code, { stan, nowMs: this.#options.clock.nowMs() });
    const timeoutMs = code === networkCodes.signOff ? this.#limits.signOffTimeoutMs : this.#limits.networkTimeoutMs;
    const answer = await connection.request(own, timeoutMs);
    return answer.ok && getText(answer.value, 39) === '00';
  }

  /** From 0 up to 1. */
  #chance(): number {
    return this.#options.random.bytes(1).readUInt8() / 256;
  }
}
