// What costs a fee is offered only while one can be taken, and is offered again when it can.
import { describe, expect, it } from 'vitest';
import type { Event } from './event.js';
import { itemsNow } from './fee-edges.js';
import { choice, ids, kinds, offer, play, toCharged, toReady } from './fixture.js';
import type { FeesClosed } from './state.js';

const away: FeesClosed = { cause: 'away', sentence: 'ただいま銀行に接続できません。' };
const late: FeesClosed = { cause: 'hours', sentence: '銀行の受付時間外です。' };
const became = (closed: FeesClosed | null): Event => ({ type: 'fees-became', closed });
const toChoice = (feeYen: number): Event[] => toReady(feeYen).slice(0, 7);
const chosen: Event = { type: 'chosen', choice, copies: 1 };
const closedOf = (events: readonly Event[]): unknown => itemsNow(play(events).state.visit).map((item) => item.closed);

describe.each([away, late])('no fee can be taken ($cause)', (closed) => {
  it('a certificate with a fee is closed with the sentence, and nobody goes on with it', () => {
    const events = [...toChoice(300), became(closed)];
    expect(closedOf(events)).toEqual([closed.sentence]);
    expect(play([...events, chosen]).state.name).toBe('choose');
  });

  it('a free one stays open', () => {
    const events = [...toChoice(0), became(closed)];
    expect(closedOf(events)).toEqual([null]);
    expect(play([...events, chosen]).state.name).toBe('review');
  });

  it('is so of the next visit too, until the bank says otherwise', () => {
    const next: Event[] = [{ type: 'card-removed' }, { type: 'done' }, ...toChoice(300).slice(1)];
    const events = [...toChoice(300), became(closed), { type: 'stop' } as const, ...next];
    expect(play(events).state.name).toBe('choose');
    expect(closedOf(events)).toEqual([closed.sentence]);
    expect(closedOf([...events, became(null)])).toEqual([null]);
    expect(play([...events, became(null), chosen]).state.name).toBe('review');
  });

  it('ends nothing that is chosen already', () => {
    const { state, effects } = play([...toReady(300), became(closed), ...toCharged, { type: 'printed', copy: 1 }]);
    expect(state.name).toBe('take-paper');
    expect(kinds(effects)).toContain('charge');
  });
});

it('is still so for whoever reads what a crash left', () => {
  const { visit } = play(toReady(300)).state;
  const { state } = play([became(late), { type: 'recovered', visit: { ...visit, ids }, code: 'kiosk-restarted' }]);
  expect(state.visit.feesClosed).toEqual(late);
});

it('what the municipality has closed says when both open', () => {
  const [item] = offer(300).items;
  const shut = { ...offer(300), items: item === undefined ? [] : [{ ...item, closed: '本日6時30分から受け付けます。' }] };
  const sentences = [late, away, null].map((feesClosed) => itemsNow({ offer: shut, feesClosed }).map(({ closed }) => closed));
  expect(sentences).toEqual([
    ['本日6時30分から受け付けます。銀行の受付時間外です。'],
    ['本日6時30分から受け付けます。'],
    ['本日6時30分から受け付けます。'],
  ]);
});
