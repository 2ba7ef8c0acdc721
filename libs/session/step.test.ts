import { describe, expect, it } from 'vitest';
import type { Event } from './event.js';
import { choice, failed, ids, kinds, play, toCharged, toReady } from './fixture.js';
import { callShownMs, personTimeoutMs, timeoutMsOf } from './limits.js';
import { moneyOf } from './money.js';
import { stateNames } from './state.js';
import { edges, step } from './step.js';

describe('the table of edges', () => {
  it('reaches every state and leaves every state', () => {
    const reached = new Set<string>(['out-of-service', ...edges.flatMap((row) => row.to.filter((to) => to !== row.from))]);
    expect([...stateNames].filter((name) => !reached.has(name))).toEqual([]);
    const left = new Set(edges.filter((row) => row.to.some((to) => to !== row.from)).map((row) => row.from));
    expect([...stateNames].filter((name) => !left.has(name))).toEqual([]);
  });

  it('lets a person stop in every state of a visit until the 0200 is written down, and in none after it', () => {
    const before = new Set(edges.filter((row) => row.on === 'stop').map((row) => row.from));
    const after = ['idle', 'out-of-service', 'charging', 'take-cash-card', 'printing', 'take-paper', 'thank-you', 'ended'] as const;
    expect(stateNames.filter((name) => !before.has(name)).toSorted()).toEqual(after.toSorted());
    for (const [at, event] of [...toReady(300), ...toCharged.slice(0, 2)].entries()) {
      if (event.type === 'put-in-service') continue;
      const visited = play([...toReady(300), ...toCharged].slice(0, at + 1));
      const { state, effects } = play([{ type: 'stop' }], visited.state);
      expect([visited.state.name, state.name, state.ending?.code]).toEqual([visited.state.name, 'ended', 'stopped']);
      expect(kinds(effects)).toEqual(expect.arrayContaining(['release-cash-card', 'release-card']));
      expect(kinds(effects)).not.toContain('reverse-charge');
      expect(moneyOf(state.visit)).toEqual({ state: 'nothing-charged' });
    }
  });

  it('lets a card go that was still being connected when the person stopped', () => {
    const { state } = play([...toReady(300).slice(0, 2), { type: 'stop' }]);
    const late = step(state, { type: 'card-read', triesLeft: 3 });
    expect([late.state.name, late.state.ending?.code, kinds(late.effects)]).toEqual([
      'ended',
      'stopped',
      ['release-cash-card', 'release-card'],
    ]);
  });

  it('gives an edge to every waiting that has a time-out', () => {
    const timed = new Set(edges.filter((row) => row.on === 'timed-out').map((row) => row.from as string));
    expect(Object.keys(personTimeoutMs).filter((name) => !timed.has(name))).toEqual([]);
  });
});

describe('a visit', () => {
  it('goes from the card to the paper', () => {
    const { state, effects } = play([...toReady(300), ...toCharged, { type: 'printed', copy: 1 }]);
    expect(state.name).toBe('take-paper');
    expect(moneyOf(state.visit)).toEqual({ state: 'charged', feeYen: 300 });
    expect(kinds(effects).join(' ')).toBe(
      'read-card open-session verify-pin log-in sign-request release-card send-request check-bundle ' +
        'check-readiness read-cash-card ask-bank-pin charge release-cash-card print-copy report-outcome print-receipt',
    );
  });

  it('asks for no cash card when the fee is zero', () => {
    const { state, effects } = play([...toReady(0), { type: 'printed', copy: 1 }]);
    expect(state.name).toBe('take-paper');
    expect(kinds(effects)).not.toContain('charge');
    expect(moneyOf(state.visit)).toEqual({ state: 'nothing-charged' });
  });

  it('reverses the whole fee when nothing came out, and says so only when the bank has answered', () => {
    const jam = play([...toReady(300), ...toCharged, { type: 'not-printed', copy: 1, code: 'not-printed' }]);
    expect(kinds(jam.effects)).toEqual(expect.arrayContaining(['reverse-charge', 'report-outcome', 'print-slip']));
    expect(moneyOf(jam.state.visit).state).toBe('being-checked');
    const back = step(jam.state, { type: 'reversed', wasPosted: true }).state.visit;
    expect(moneyOf(back)).toEqual({ state: 'given-back', feeYen: 300, inquiryNumber: '1234-5678' });
  });

  it('never says that money came back of which nobody knows whether it was taken', () => {
    const { state } = play([...toReady(300), ...toCharged.slice(0, 3), { type: 'charge-unknown' }, { type: 'reversed', wasPosted: false }]);
    expect(moneyOf(state.visit)).toEqual({ state: 'nothing-stands', feeYen: 300, inquiryNumber: '1234-5678' });
  });

  it('never reverses and never prints again after an uncertain print', () => {
    const { state, effects } = play([...toReady(300, 2), ...toCharged, { type: 'print-uncertain', copy: 1, code: 'deadline' }]);
    expect(state.name).toBe('ended');
    expect(kinds(effects)).not.toContain('reverse-charge');
    expect(effects.filter((effect) => effect.type === 'print-copy')).toHaveLength(1);
    expect(effects).toContainEqual({ type: 'open-case', kind: 'print-uncertain', amountYen: 600, code: 'print-uncertain' });
  });

  it('opens a refund case for the copies that are missing', () => {
    const { effects } = play([
      ...toReady(300, 2),
      ...toCharged,
      { type: 'printed', copy: 1 },
      { type: 'not-printed', copy: 2, code: 'printer-out-of-paper' },
    ]);
    expect(effects).toContainEqual({ type: 'open-case', kind: 'refund', amountYen: 300, code: 'printed-in-part' });
    expect(kinds(effects)).not.toContain('reverse-charge');
  });

  it('charges nothing where the municipality does not stand by it any more, and says what it said', () => {
    const before = [...toReady(300), ...toCharged.slice(0, 3)];
    const no = { code: 'go-to-counter', sentence: '窓口へお越しください。' };
    for (const { state, effects } of [
      play([...before, { type: 'charge-not-sent', ...no }]),
      play([...toReady(0).slice(0, -1), { type: 'failed', ...no }]),
    ]) {
      expect([state.name, state.ending, moneyOf(state.visit)]).toMatchObject(['ended', no, { state: 'nothing-charged' }]);
      expect(kinds(effects)).toContain('report-outcome');
      expect(kinds(effects)).not.toContain('print-copy');
      expect(kinds(effects)).not.toContain('reverse-charge');
    }
  });

  it('prints nothing after an unknown charge', () => {
    const { state, effects } = play([...toReady(300), ...toCharged.slice(0, 3), { type: 'charge-unknown' }]);
    expect(kinds(effects)).not.toContain('print-copy');
    expect(kinds(effects)).toContain('reverse-charge');
    expect(moneyOf(state.visit).state).toBe('being-checked');
  });

  it('tells the municipality of every request that was made, whenever the visit ends, and of nothing before', () => {
    const whole = [...toReady(300), ...toCharged, { type: 'printed', copy: 1 } as const];
    const told = whole.map((_event, at) => kinds(play([{ type: 'stop' }, failed], play(whole.slice(0, at + 1)).state).effects));
    const sentAt = whole.findIndex((event) => event.type === 'card-removed');
    const stoppedAt = told.flatMap((effects, at) => (effects.includes('release-card') ? [at] : []));
    const reporting = told.flatMap((effects, at) => (effects.includes('report-outcome') ? [at] : []));
    expect(reporting).toEqual(stoppedAt.filter((at) => at >= sentAt));
    expect(told.filter((effects) => effects.includes('report-outcome') && effects.includes('abort-session'))).toEqual([]);
  });

  it('refuses a choice that is not in the offer', () => {
    const until = toReady(300).slice(0, 7);
    for (const wrong of [
      { choice: { ...choice, myNumber: true }, copies: 1 },
      { choice: { ...choice, members: ['m00000000000000ff'] }, copies: 1 },
      { choice, copies: 6 },
    ]) {
      expect(play([...until, { type: 'chosen', ...wrong }]).state.name).toBe('choose');
    }
  });

  it('keeps the kiosk for the person whose card is still inside', () => {
    const { state, effects } = play([...toReady(300).slice(0, 5), failed, { type: 'timed-out' }]);
    expect(state.name).toBe('ended');
    expect(kinds(effects)).toContain('call-staff');
    expect(play([{ type: 'card-removed' }, { type: 'done' }], state).state.name).toBe('idle');
  });
});

describe('the tray', () => {
  const inPart: Event[] = [
    ...toReady(300, 2),
    ...toCharged,
    { type: 'printed', copy: 1 },
    { type: 'not-printed', copy: 2, code: 'printer-out-of-paper' },
  ];

  it('is asked about before the next citizen comes, when sheets of the former one may lie in it', () => {
    const { state } = play(inPart);
    expect(state.ending?.code).toBe('printed-in-part');
    expect(moneyOf(state.visit)).toEqual({ state: 'charged-in-part', paidYen: 300, checkedYen: 300, inquiryNumber: '1234-5678' });
    const later = play([{ type: 'timed-out' }, { type: 'timed-out' }, { type: 'card-inserted', ids }], state);
    expect(later.state.name).toBe('ended');
    expect(kinds(later.effects)).toEqual(['call-staff']);
    expect(play([{ type: 'done' }], later.state).state.name).toBe('idle');
  });

  it('is asked about after a crash too', () => {
    const { state } = play(inPart);
    const restarted = play([{ type: 'recovered', visit: state.visit, code: 'printed-in-part' }]);
    expect(restarted.state.name).toBe('ended');
    expect(kinds(restarted.effects)).toEqual(['call-staff']);
    expect(play([{ type: 'timed-out' }], restarted.state).state.name).toBe('ended');
  });
});

describe('after a crash in the charge', () => {
  const visit = play([...toReady(300), ...toCharged.slice(0, 3), { type: 'charge-unknown' }]).state.visit;
  const { state, effects } = play([{ type: 'recovered', visit, code: 'kiosk-restarted' }, { type: 'cash-card-inserted' }]);

  it('the screen says what becomes of the money, and nobody has to come', () => {
    expect([state.name, state.ending?.code, moneyOf(state.visit).state]).toEqual(['ended', 'kiosk-restarted', 'being-checked']);
    expect(effects).toEqual([]);
    const back = play([{ type: 'reversed', wasPosted: false }], state).state;
    expect(moneyOf(back.visit)).toEqual({ state: 'nothing-stands', feeYen: 300, inquiryNumber: '1234-5678' });
  });

  it('the cash card in the slot is taken before the kiosk is free, and the time alone frees it then', () => {
    expect(state.visit.cashCardInside).toBe(true);
    expect(play([{ type: 'done' }], state).state.name).toBe('ended');
    expect(play([{ type: 'timed-out' }], state).effects).toEqual([{ type: 'call-staff', cause: 'card-left' }]);
    expect(play([{ type: 'cash-card-removed' }, { type: 'timed-out' }], state).state.name).toBe('idle');
  });
});

describe('staff called with nobody being served', () => {
  const called = play([{ type: 'put-in-service' }, { type: 'staff-called' }]);

  it('are called again by the next person, when the words have gone', () => {
    expect(timeoutMsOf(called.state)).toBe(callShownMs);
    const later = play([{ type: 'timed-out' }], called.state);
    expect([later.state.name, later.state.visit.staffCalled, timeoutMsOf(later.state)]).toEqual(['idle', false, null]);
    expect(kinds(play([{ type: 'staff-called' }], later.state).effects)).toEqual(['call-staff']);
  });

  it('are called again in the next visit', () => {
    const { state } = play([{ type: 'card-inserted', ids }], called.state);
    expect(state.visit.staffCalled).toBe(false);
    expect(kinds(play([{ type: 'staff-called' }], state).effects)).toEqual(['call-staff']);
  });
});

describe('a wrong PIN of the cash card', () => {
  const upTo = [...toReady(300), ...toCharged.slice(0, 3)];
  const wrong: Event = { type: 'bank-pin-wrong', sentence: 'x' };

  it('begins a whole new transaction, from the card on', () => {
    const { state, effects } = play([...upTo, wrong]);
    expect(state.name).toBe('reading-cash-card');
    expect(effects.at(-1)).toEqual({ type: 'read-cash-card' });
  });

  it('ends the visit when the card was pulled meanwhile', () => {
    const { state } = play([...upTo, { type: 'cash-card-removed' }, wrong]);
    expect(state.ending?.code).toBe('cash-card-pulled');
    expect(moneyOf(state.visit)).toEqual({ state: 'nothing-charged' });
  });
});
