// The adapter against a scripted pcsclite: what a USB reader does when it is unplugged, which
// no test machine can show for real. The real thing is in test/card.
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import { pcscFault } from './pcsc-fault.js';
import { createPcscReaders } from './pcsc-reader.js';
import type { PcscReaders } from './pcsc-reader.js';

const unplugged = 0x0004 | 0x0008;
const cardIn = 0x0020;
const cardOut = 0x0010;

class ScriptedReader extends EventEmitter {
  readonly SCARD_SHARE_EXCLUSIVE = 1;
  readonly SCARD_PROTOCOL_T0 = 1;
  readonly SCARD_PROTOCOL_T1 = 2;
  readonly SCARD_RESET_CARD = 1;
  readonly SCARD_UNPOWER_CARD = 2;
  readonly name: string;
  connected = false;
  closed = 0;
  running = 0;
  shareMode = 0;
  readonly dispositions: number[] = [];
  answer: (command: Buffer) => Buffer | Error = () => Buffer.from('9000', 'hex');

  constructor(name: string) {
    super();
    this.name = name;
  }

  connect(options: { share_mode: number }, done: (error: Error | null, protocol: number) => void): void {
    this.shareMode = options.share_mode;
    this.connected = true;
    setImmediate(() => done(null, 2));
  }

  disconnect(disposition: number, done: (error: Error | null) => void): void {
    this.dispositions.push(disposition);
    this.connected = false;
    setImmediate(() => done(null));
  }

  transmit(...[command, , , done]: [Buffer, number, number, (error: Error | null, answer: Buffer) => void]): void {
    if (this.running++ > 0) throw new Error('two commands at once');
    const own = Buffer.from(command);
    setTimeout(() => {
      this.running--;
      const answer = this.answer(own);
      if (answer instanceof Error) done(answer, Buffer.alloc(0));
      else done(null, answer);
    }, 5);
  }

  close(): number {
    // The native close would wait for ever for the mutex of a running command.
    if (this.running > 0) throw new Error('closed while a command runs');
    return this.closed++;
  }

  unplug(): void {
    this.answer = () => new Error('SCardTransmit error: Reader is unavailable.(0x80100017)');
    this.emit('status', { state: unplugged });
    this.emit('end');
  }
}

class ScriptedContext extends EventEmitter {
  closed = 0;
  close(): number {
    return this.closed++;
  }
}

/** What is plugged in now: every new context tells of it, as pcscd would. */
const world = vi.hoisted(() => ({
  daemonRuns: true,
  plugged: new Map<string, number>(),
  contexts: [] as unknown[],
  readers: [] as unknown[],
}));
vi.mock('pcsclite', () => ({
  default: () => {
    if (!world.daemonRuns) throw new Error('SCardEstablishContext error: Service not available.(0x8010001d)');
    const context = new ScriptedContext();
    world.contexts.push(context);
    process.nextTick(() => {
      for (const [name, state] of world.plugged) {
        const reader = new ScriptedReader(name);
        world.readers.push(reader);
        context.emit('reader', reader);
        reader.emit('status', { state, atr: Buffer.from('3BE0', 'hex') });
      }
    });
    return context;
  },
}));

/** Sleeps shorter than the adapter means to, so that its patience can be watched. */
const clock = { ...systemClock, sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 40), signal) };

/** The newest native reader of this name. */
function native(name: string): ScriptedReader {
  const found = world.readers.findLast((reader) => reader instanceof ScriptedReader && reader.name === name);
  if (!(found instanceof ScriptedReader)) throw new Error(`no reader ${name}`);
  return found;
}

describe('a reader on its cable', () => {
  let pcsc: PcscReaders;
  beforeEach(() => {
    world.contexts.length = 0;
    world.readers.length = 0;
    world.plugged.clear();
    world.daemonRuns = true;
  });

  function open(names: readonly string[], plugged: Readonly<Record<string, number>>): void {
    for (const [name, state] of Object.entries(plugged)) world.plugged.set(name, state);
    pcsc = createPcscReaders({ readerNames: names, clock, log: silentLog });
  }

  it('is lost when unplugged and found in a new context', async () => {
    open(['A'], { A: cardIn });
    const [reader] = pcsc.readers;
    const seen: string[] = [];
    reader?.onPresence((presence) => seen.push(presence));
    await vi.waitFor(() => expect(reader?.presence()).toBe('present'));
    const first = native('A');
    const connection = await reader?.connect();
    expect(first.shareMode).toBe(first.SCARD_SHARE_EXCLUSIVE);
    world.plugged.clear();
    first.unplug();
    expect(reader?.presence()).toBe('reader-gone');
    expect(await (connection?.ok === true ? connection.value.transmit(Buffer.from('00200080', 'hex')) : null)).toMatchObject({
      error: { code: 'reader-gone' },
    });
    world.plugged.set('A', cardOut);
    await vi.waitFor(() => expect(reader?.presence()).toBe('absent'));
    const second = native('A');
    expect([first.closed, second.closed]).toEqual([1, 0]);
    expect(first.dispositions).toEqual([first.SCARD_UNPOWER_CARD]);
    expect(seen).toEqual(['reader-gone', 'present', 'reader-gone', 'absent']);
    await pcsc.close();
    await vi.waitFor(() => expect(second.closed).toBe(1));
  });

  it('is not closed under a running command', async () => {
    open(['A'], { A: cardIn });
    const [reader] = pcsc.readers;
    await vi.waitFor(() => expect(reader?.presence()).toBe('present'));
    const chip = native('A');
    const connection = await reader?.connect();
    if (connection?.ok !== true) throw new Error('not connected');
    const running = connection.value.transmit(Buffer.from('00840000', 'hex'));
    await systemClock.sleep(1);
    chip.unplug();
    await running;
    await connection.value.disconnect('reset');
    await vi.waitFor(() => expect(chip.closed).toBe(1));
    await pcsc.close();
  });

  it('leaves readers alone that it was not told of, and waits without pcscd', async () => {
    world.daemonRuns = false;
    open(['A', 'B'], { A: cardOut, C: cardIn });
    const [a, b] = pcsc.readers;
    expect(await a?.connect()).toMatchObject({ error: { code: 'pcsc-unavailable' } });
    world.daemonRuns = true;
    await vi.waitFor(() => expect(a?.presence()).toBe('absent'));
    expect(b?.presence()).toBe('reader-gone');
    expect(await b?.connect()).toMatchObject({ error: { code: 'reader-gone' } });
    await vi.waitFor(() => expect(native('C').closed).toBe(1));
    await pcsc.close();
    await vi.waitFor(() =>
      expect(world.contexts.every((context) => context instanceof ScriptedContext && context.closed === 1)).toBe(true),
    );
  });

  it('wipes its copy of a command, serialises, and explains a broken exchange', async () => {
    open(['A'], { A: cardIn });
    const [reader] = pcsc.readers;
    await vi.waitFor(() => expect(reader?.presence()).toBe('present'));
    const chip = native('A');
    const connection = await reader?.connect();
    if (connection?.ok !== true) throw new Error('not connected');
    const command = Buffer.from('0020008004313233349', 'latin1');
    const both = [connection.value.transmit(command), connection.value.transmit(command)];
    expect((await Promise.all(both)).every((answer) => answer.ok)).toBe(true);
    chip.answer = () => new Error('SCardTransmit error: Transaction failed.(0x80100016)');
    expect(await connection.value.transmit(command)).toMatchObject({ error: { code: 'unresponsive-card' } });
    chip.answer = () => Buffer.alloc(0);
    const pulled = connection.value.transmit(command);
    setTimeout(() => chip.emit('status', { state: cardOut }), 20);
    expect(await pulled).toMatchObject({ error: { code: 'card-removed' } });
    await connection.value.disconnect('reset');
    expect(chip.dispositions).toEqual([chip.SCARD_RESET_CARD]);
    await pcsc.close();
  });
});

it.each([
  ['SCardConnect error: Sharing violation.(0x8010000b)', 'sharing-violation'],
  ['SCardTransmit error: Card was removed.(0x80100069)', 'card-removed'],
  ['SCardConnect error: No smart card inserted.(0x8010000c)', 'no-card'],
  ['SCardEstablishContext error: Service not available.(0x8010001d)', 'pcsc-unavailable'],
  ['something else', 'unresponsive-card'],
])('reads %s', (message, code) => {
  expect(pcscFault(new Error(message))).toEqual({ code, detail: message });
});
