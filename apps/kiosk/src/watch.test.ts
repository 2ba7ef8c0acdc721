// A reader that is gone is no card that was taken, and what cannot be looked at is not in service.
import { afterEach, expect, it } from 'vitest';
import type { CardPresence, CardReader } from '#devices/card-reader/port.js';
import { emptyVisit, initialState, type State, type StateName } from '#libs/session/state.js';
import type { Event } from '#libs/session/event.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { err } from '#libs/std/result.js';
import type { Runner } from './runner.js';
import { Watch } from './watch.js';

class FakeReader implements CardReader {
  readonly description = 'fake';
  private readonly listeners = new Set<(presence: CardPresence) => void>();
  private now: CardPresence = 'absent';

  presence(): CardPresence {
    return this.now;
  }
  onPresence(listener: (presence: CardPresence) => void): () => void {
    this.listeners.add(listener);
    listener(this.now);
    return () => this.listeners.delete(listener);
  }
  becomes(presence: CardPresence): void {
    this.now = presence;
    for (const listener of this.listeners) listener(presence);
  }
  async connect(): ReturnType<CardReader['connect']> {
    return err({ code: 'no-card', detail: 'fake' });
  }
  async close(): Promise<void> {}
}

const open: Watch[] = [];
afterEach(() => Promise.all(open.splice(0).map((watch) => watch.close())));

function watchIn(name: StateName, findUnready: () => Promise<string | null> = async () => null) {
  const ids = { session: 's', request: 'r', inquiryNumber: 'n' };
  const state: State = name === 'out-of-service' ? initialState : { name, visit: { ...emptyVisit, ids }, ending: null };
  const events: Event[] = [];
  const logged: string[] = [];
  const runner = {
    shown: { state, sequence: 0, deadlineMs: null, moreTime: false },
    dispatch: async (event: Event) => events.push(event) > 0,
    onShown: () => () => true,
  } as Pick<Runner, 'shown' | 'dispatch' | 'onShown'>;
  const idCardReader = new FakeReader();
  const cashCardReader = new FakeReader();
  const log = { info: () => undefined, warn: () => undefined, error: (code: string) => void logged.push(code) };
  const devices = { idCardReader, cashCardReader };
  const watch = new Watch({ runner, devices, findUnready, clock: systemClock, random: systemRandom, log });
  open.push(watch);
  const start = (): void => {
    watch.start();
    events.length = 0;
  };
  return { watch, start, events, logged, idCardReader, cashCardReader };
}

const gone: Event = { type: 'failed', code: 'reader-unavailable', sentence: null };

it('does not take a card for taken when its reader is unplugged before the card is back in the hand', () => {
  const { start, events, idCardReader } = watchIn('take-card');
  idCardReader.becomes('present');
  start();
  idCardReader.becomes('reader-gone');
  expect(events).toEqual([gone]);
});

it('takes the card for taken when the reader is back and the slot is empty', () => {
  const { start, events, idCardReader } = watchIn('ended');
  idCardReader.becomes('present');
  start();
  idCardReader.becomes('reader-gone');
  expect(events).toEqual([]);
  idCardReader.becomes('absent');
  expect(events).toEqual([{ type: 'card-removed' }]);
});

it.each(['take-cash-card', 'insert-cash-card', 'enter-bank-pin'] as const)(
  'prints nothing when the cash reader is unplugged in %s',
  (name) => {
    const { start, events, cashCardReader } = watchIn(name);
    start();
    cashCardReader.becomes('reader-gone');
    expect(events).toEqual([gone]);
  },
);

it('lets a visit that needs no reader any more go on without one', () => {
  const { start, events, idCardReader, cashCardReader } = watchIn('printing');
  start();
  idCardReader.becomes('reader-gone');
  cashCardReader.becomes('reader-gone');
  expect(events).toEqual([]);
});

it('begins no visit without a reader for the cash card', async () => {
  const { watch, events, cashCardReader } = watchIn('idle');
  cashCardReader.becomes('reader-gone');
  watch.start();
  await expect.poll(() => events).toContainEqual({ type: 'put-out-of-service', code: 'reader-unavailable' });
});

it('is out of service, and looks again, when the database cannot be read', async () => {
  const { start, events, logged } = watchIn('idle', () => Promise.reject(new Error('SQLITE_BUSY')));
  start();
  await expect.poll(() => events).toContainEqual({ type: 'put-out-of-service', code: 'internal' });
  expect(logged).toEqual(['watch-failed']);
});
