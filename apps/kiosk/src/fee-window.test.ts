// The bank's hours and its line, as the choice says them.
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenHours } from '#libs/contract/register.js';
import type { Event } from '#libs/session/event.js';
import { initialState, type State } from '#libs/session/state.js';
import { step } from '#libs/session/step.js';
import { systemClock } from '#libs/std/clock.js';
import { FeeWindow, findFeesClosed } from './fee-window.js';

const counter = { from: '09:00', until: '15:00' };
const hours: OpenHours = { weekly: [null, counter, counter, counter, counter, counter, null], closedDays: ['12-31'], special: [] };
const at = (local: string): number => Date.parse(`${local}+09:00`);
const signedOn = { isSignedOn: () => true };

describe('a fee can be taken', () => {
  it.each([
    ['in the hours of the bank', hours, '2026-11-24T09:00:00', null],
    ['at any time of a bank without hours', null, '2026-11-24T03:00:00', null],
    ['not before', hours, '2026-11-24T08:59:59', '銀行の受付時間外のため、手数料をお支払いいただけません。本日9時から受け付けます。'],
    [
      'not after',
      hours,
      '2026-11-24T15:00:00',
      '銀行の受付時間外のため、手数料をお支払いいただけません。11月25日（水）9時から受け付けます。',
    ],
    [
      'not at the weekend',
      hours,
      '2026-11-28T10:00:00',
      '銀行の受付時間外のため、手数料をお支払いいただけません。11月30日（月）9時から受け付けます。',
    ],
  ])('%s', (...[, of, now, sentence]) => {
    expect(findFeesClosed({ hours: of, ...signedOn }, at(now))?.sentence ?? null).toBe(sentence);
  });

  it('not without a line to the bank; out of its hours the hours are said', () => {
    const isSignedOn = (): boolean => false;
    expect(findFeesClosed({ hours, isSignedOn }, at('2026-11-24T10:00:00'))).toEqual({
      cause: 'away',
      sentence: 'ただいま銀行に接続できないため、手数料をお支払いいただけません。しばらくしてからお試しください。',
    });
    expect(findFeesClosed({ hours, isSignedOn }, at('2026-11-24T16:00:00'))?.cause).toBe('hours');
  });
});

describe('the window', () => {
  let window: FeeWindow | null = null;
  afterEach(() => window?.close());

  it('closes when the line goes and opens when it is back, and tells each once', async () => {
    let isSignedOn = false;
    let state: State = initialState;
    const told: Event[] = [];
    const dispatch = async (event: Event): Promise<boolean> => {
      told.push(event);
      state = step(state, event).state;
      return true;
    };
    const runner = {
      get shown() {
        return { state, sequence: 0, deadlineMs: null, moreTime: false };
      },
      dispatch,
    };
    window = new FeeWindow({ runner, hours: null, isSignedOn: () => isSignedOn, clock: systemClock });
    await window.look();
    expect(told).toEqual([]);
    window.begin();
    expect(state.visit.feesClosed?.cause).toBe('away');
    isSignedOn = true;
    await expect.poll(() => state.visit.feesClosed, { timeout: 5_000 }).toBeNull();
    await window.look();
    expect(told).toHaveLength(2);
  });
});
