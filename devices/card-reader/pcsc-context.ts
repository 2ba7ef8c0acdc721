// Finding readers by name and finding them again: after being unplugged, and after pcscd
// went away. A pcsclite context is opened only while a reader is missing and is thrown
// away as soon as none is: its hot-plug list is unsafe against quick changes, and it does
// not see a reader again that it has lost (santigimeno/node-pcsclite issue 68).
import type { Context, NativeReader } from 'pcsclite';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { limits } from './limits.js';
import { GuardedReader } from './native-reader.js';

export type ReaderSeat = {
  readonly name: string;
  isTaken(): boolean;
  take(reader: GuardedReader): void;
};

export type Supervisor = {
  /** False while no pcscd answers. */
  isAvailable(): boolean;
  /** To be called when a seat has lost its reader. */
  look(): void;
  close(): Promise<void>;
};

type Search = { readonly seats: readonly ReaderSeat[]; readonly clock: Clock; readonly log: Log };

export function superviseReaders(search: Search): Supervisor {
  const end = new AbortController();
  let available: boolean | null = null;
  let wake: () => void = () => undefined;
  const isComplete = (): boolean => search.seats.every((seat) => seat.isTaken());
  const untilLost = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (!isComplete() || end.signal.aborted) resolve();
    });

  const supervise = async (): Promise<void> => {
    let rescanMs: number = limits.firstRescanMs;
    while (!end.signal.aborted) {
      if (isComplete()) {
        rescanMs = limits.firstRescanMs;
        await untilLost();
        continue;
      }
      const context = await openContext();
      if ((context !== null) !== available) {
        available = context !== null;
        search.log.info(available ? 'pcsc-found' : 'pcsc-unavailable');
      }
      if (context === null) {
        await search.clock.sleep(limits.unavailableRetryMs, end.signal);
        continue;
      }
      await searchIn(context, search, { rescanMs, signal: end.signal });
      rescanMs = Math.min(rescanMs * 2, limits.lastRescanMs);
      // A pcscd that comes and goes is not asked faster than it can answer.
      if (!isComplete()) await search.clock.sleep(limits.unavailableRetryMs, end.signal);
    }
  };
  const supervision = supervise();
  return {
    isAvailable: () => available === true,
    look: () => wake(),
    close: async () => {
      end.abort();
      wake();
      await supervision;
    },
  };
}

/** Null: no pcscd, or the native module could not be loaded on this machine. */
async function openContext(): Promise<Context | null> {
  try {
    const { default: pcsclite } = await import('pcsclite');
    return pcsclite();
  } catch {
    return null;
  }
}

/** Ends when every seat is taken, when pcscd goes away, or after `rescanMs`. */
async function searchIn(context: Context, search: Search, until: { rescanMs: number; signal: AbortSignal }): Promise<void> {
  const finished = new AbortController();
  const finish = (): void => finished.abort();
  until.signal.addEventListener('abort', finish, { once: true });
  context.once('error', finish);
  // A second error would be thrown by the emitter.
  context.on('error', () => undefined);
  context.on('reader', (native: NativeReader) => {
    const reader = new GuardedReader(native, search.clock);
    const seat = search.seats.find((one) => one.name === native.name && !one.isTaken());
    if (seat === undefined || finished.signal.aborted) return reader.retire();
    seat.take(reader);
    search.log.info('reader-found', { reader: native.name });
    if (search.seats.every((one) => one.isTaken())) finish();
  });
  await search.clock.sleep(until.rescanMs, finished.signal);
  until.signal.removeEventListener('abort', finish);
  finish();
  await closeOutsideOfItsEvents(context);
}

/** Names of all readers that pcscd knows now; null when there is no pcscd. For the doctor. */
export async function findReaderNames(clock: Clock, settleMs: number = limits.namesSettleMs): Promise<readonly string[] | null> {
  const context = await openContext();
  if (context === null) return null;
  const names: string[] = [];
  context.on('error', () => undefined);
  context.on('reader', (native: NativeReader) => {
    names.push(native.name);
    new GuardedReader(native, clock).retire();
  });
  await clock.sleep(settleMs);
  await closeOutsideOfItsEvents(context);
  return names;
}

/** Contexts whose last callbacks have not run yet: the native code does not keep them alive itself. */
const kept = new Set<Context>();

function closeOutsideOfItsEvents(context: Context): Promise<void> {
  kept.add(context);
  return new Promise((resolve) => {
    setImmediate(() => {
      context.close();
      releaseLater(context, limits.retireTurns);
      resolve();
    });
  });
}

function releaseLater(context: Context, turns: number): void {
  if (turns === 0) return void kept.delete(context);
  setImmediate(() => releaseLater(context, turns - 1));
}
