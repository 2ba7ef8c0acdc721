// A kiosk's line to a whole bank over TCP: the real host link, the real simulator, and a
// PIN pad's key register in place of a pad. Deadlines pass when a story says so, not when
// the machine is slow.
import { setTimeout as pause } from 'node:timers/promises';
import { accountSchema, ledgerSchema } from '#libs/contract/simulators.js';
import { retrievalReferenceNumber } from '#libs/iso8583/times.js';
import { tdesEncrypt } from '#libs/paycrypto/des.js';
import { deriveInitialKey, pinEncipheringKey } from '#libs/paycrypto/dukpt.js';
import { KeyRegister } from '#libs/paycrypto/key-register.js';
import { encodePinBlock } from '#libs/paycrypto/pin-block.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { silentLog, type Log } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import { start, type RunningBank } from '../../apps/bank-sim/src/start.js';
import type { BankFault } from '../../apps/bank-sim/src/wire/fault-switch.js';
import type { HostLink, PurchaseInput, ReversalInput } from '../../apps/kiosk/src/host-link/host-link.js';
import { openTcpHostLink, type TcpHostLinkOptions } from '../../apps/kiosk/src/host-link/tcp-host-link.js';

export const card = { pan: '9392999900000019', panSequence: '00', pin: '1234' } as const;
const bdk = '0123456789ABCDEFFEDCBA9876543210';
const padKsn = Buffer.from('FFFF9876543210E00000', 'hex');

const quick = { reconnectPauseMs: { first: 10, most: 40 } };

export class TestBank {
  private constructor(
    readonly running: RunningBank,
    readonly port: number,
  ) {}

  static async start(options: { readonly stateFile?: string; readonly port?: number } = {}): Promise<TestBank> {
    const configuration = {
      demo: true as const,
      listen: { host: '127.0.0.1' as const, port: options.port ?? 0 },
      management: { host: '127.0.0.1' as const, port: 0 },
      bdk,
      stateFile: options.stateFile,
      holidays: [],
    };
    const running = await start(configuration, { clock: systemClock, random: systemRandom, log: silentLog });
    return new TestBank(running, running.port);
  }

  close(): Promise<void> {
    return this.running.close();
  }

  async openAccount(balanceYen: number, changes: Partial<typeof card> = {}): Promise<void> {
    const answer = await this.#call('POST', '/accounts', { ...card, ...changes, balanceYen });
    if (answer.status !== 201) throw new Error(`account not opened: ${answer.status}`);
  }

  async balanceYen(pan: string = card.pan): Promise<number> {
    return (await this.account(pan)).balanceYen;
  }

  async account(pan: string = card.pan): Promise<ReturnType<typeof accountSchema.parse>> {
    return accountSchema.parse(await (await this.#call('GET', `/accounts/${pan}`)).json());
  }

  async ledger(): Promise<ReturnType<typeof ledgerSchema.parse>> {
    return ledgerSchema.parse(await (await this.#call('GET', '/ledger')).json());
  }

  async fault(fault: BankFault): Promise<void> {
    const answer = await this.#call('PUT', '/fault', fault);
    if (answer.status !== 200) throw new Error(`fault not set: ${answer.status}`);
  }

  #call(method: string, path: string, body?: object): Promise<Response> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return fetch(`${this.running.managementUrl}${path}`, init);
  }
}

export function openLink(port: number, changes: Partial<TcpHostLinkOptions> = {}): HostLink {
  return openTcpHostLink({
    host: '127.0.0.1',
    port,
    terminal: { kiosk: 'KSK00001', branch: 'BANK9999BR00001', acquirer: '9999' },
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    ...changes,
    limits: { ...quick, ...changes.limits },
  });
}

/** A clock on which sleeps of `ms` end when the story says so; all others are real. */
export class Deadlines {
  readonly clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(ms: number) {
    this.clock = { ...systemClock, sleep: (askedMs, signal) => (askedMs === ms ? this.#hold(signal) : systemClock.sleep(askedMs, signal)) };
  }

  /** The next one that is waited for, now or soon. */
  async pass(): Promise<void> {
    await until(() => this.#waiting.size > 0);
    for (const end of this.#waiting) end();
  }

  #hold(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        this.#waiting.delete(end);
        resolve();
      };
      this.#waiting.add(end);
      signal?.addEventListener('abort', end, { once: true });
    });
  }
}

/** The codes that were logged, for waiting on what leaves no other trace. */
export function recordingLog(): { readonly log: Log; readonly codes: string[] } {
  const codes: string[] = [];
  const note = (code: string): void => void codes.push(code);
  return { codes, log: { info: note, warn: note, error: note } };
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2_000; turn++) {
    if (await condition()) return;
    await pause(10);
  }
  throw new Error('it never came to that');
}

export async function signedOn(link: HostLink): Promise<HostLink> {
  await until(() => link.isSignedOn());
  return link;
}

/** What a kiosk and its PIN pad make of one purchase after the other: nothing is used twice. */
export class Purchases {
  readonly #keys = new KeyRegister(deriveInitialKey(Buffer.from(bdk, 'hex'), padKsn), padKsn, 0);
  #stan = 0;

  next(amountYen: number, changes: { readonly pan?: string; readonly pin?: string; readonly expires?: string } = {}): PurchaseInput {
    const pan = changes.pan ?? card.pan;
    const key = this.#keys.next(() => undefined);
    if (!key.ok) throw new Error(key.error);
    const clear = encodePinBlock(Buffer.from(changes.pin ?? card.pin), pan);
    const transmittedAtMs = systemClock.nowMs();
    const stan = this.nextStan();
    return {
      stan,
      rrn: retrievalReferenceNumber(transmittedAtMs, stan),
      transmittedAtMs,
      pan,
      panSequence: '00',
      track2: `${pan}D${changes.expires ?? '9912'}2010000000`,
      amountYen,
      pinBlock: tdesEncrypt(pinEncipheringKey(key.value.key), clear),
      ksn: key.value.ksn,
    };
  }

  reversalOf(purchase: PurchaseInput, changes: Partial<ReversalInput> = {}): ReversalInput {
    const { stan, rrn, transmittedAtMs, amountYen } = purchase;
    const original = { stan, rrn, transmittedAtMs, amountYen, approvalCode: null };
    return { stan: this.nextStan(), transmittedAtMs: systemClock.nowMs(), reason: '68', original, ...changes };
  }

  nextStan(): string {
    return String(++this.#stan).padStart(6, '0');
  }
}
