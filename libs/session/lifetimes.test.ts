// The proof of the table of lifetimes: whoever is slower than one of them arrives at a screen that
// says so, with both cards free and nothing charged; whoever takes each screen's whole time once, and
// mistypes the PIN as often as it goes, is served.
import { describe, expect, it } from 'vitest';
import type { Effect } from './effect.js';
import type { Event } from './event.js';
import { play, toCharged, toReady } from './fixture.js';
import { lifetimes, machineMs, type Lifetime, type SafeEdge } from './lifetimes.js';
import { moreTimesAtMost, personTimeoutMs } from './limits.js';
import { moneyOf } from './money.js';
import type { State, StateName } from './state.js';
import { edges } from './step.js';

const rows: readonly (readonly [string, Lifetime])[] = Object.entries(lifetimes);

/** In one stay: every "more time" pressed, and the second time-out where the first one only reminds. */
function longestStayMs(name: StateName): number {
  const remindsFirst = edges.some((row) => row.from === name && row.on === 'timed-out' && row.to.includes(name));
  return (personTimeoutMs[name] ?? 0) * (1 + moreTimesAtMost + (remindsFirst ? 1 : 0)) + (machineMs[name] ?? 0);
}

/** Null: the states can be gone through again and again, so nothing is long enough. */
function longestWayMs(spans: readonly StateName[]): number | null {
  const on = (from: StateName): StateName[] =>
    edges.flatMap((row) => (row.from === from ? row.to.filter((to) => to !== from && spans.includes(to)) : []));
  const reaches = (from: StateName, wanted: StateName, seen = new Set<StateName>()): boolean =>
    on(from).some((to) => to === wanted || (!seen.has(to) && reaches(to, wanted, seen.add(to))));
  return spans.some((name) => reaches(name, name)) ? null : spans.reduce((sum, name) => sum + longestStayMs(name), 0);
}

const journey: readonly Event[] = [...toReady(300), ...toCharged];

/** A usual visit, up to this state; `charging` with its 0200 written down. */
function upTo(name: StateName): State {
  const at = journey.findIndex((_event, index) => play(journey.slice(0, index + 1)).state.name === name);
  expect([name, at]).not.toEqual([name, -1]);
  return play(journey.slice(0, at + 1)).state;
}

function eventOf({ on, code }: SafeEdge): Event {
  if (on === 'timed-out') return { type: on };
  return on === 'charge-not-sent' ? { type: on, code, sentence: null } : { type: 'failed', code, sentence: null };
}

describe.each(rows)('%s', (_name, lifetime) => {
  it('outlasts the longest way through its states, or has a safe edge where it is over', () => {
    const longestMs = longestWayMs(lifetime.spans);
    const fits = longestMs !== null && longestMs < lifetime.ms;
    expect([fits, lifetime.over === null]).toEqual([fits, fits]);
  });

  it('has states that follow one another', () => {
    for (const name of lifetime.spans) expect(edges.some((row) => row.from === name)).toBe(true);
    for (const { at } of lifetime.over ?? []) expect(lifetime.spans).toContain(at);
  });

  it.each(lifetime.over ?? [])('over in $at: the visit ends, the cards are free, and nothing is charged', (edge) => {
    const { state, effects } = play([eventOf(edge)], upTo(edge.at));
    expect([state.name, state.ending?.code]).toEqual(['ended', edge.code]);
    expect(moneyOf(state.visit)).toEqual({ state: 'nothing-charged' });
    const done = effects.map(({ type }) => type);
    expect(done).toEqual(expect.arrayContaining(['release-card', 'release-cash-card']));
    expect(done.filter((type) => type === 'abort-session' || type === 'report-outcome')).toHaveLength(1);
    const never: Effect['type'][] = ['charge', 'print-copy', 'reverse-charge', 'open-case', 'print-slip'];
    expect(done.filter((type) => never.includes(type))).toEqual([]);
  });
});

it('a citizen who goes with the PIN live is noticed before it is older than the table says', () => {
  for (const { at } of lifetimes.livePin.over) expect(personTimeoutMs[at]).toBeLessThanOrEqual(lifetimes.livePin.ms);
});

describe('whoever takes the whole time of every screen once, and asks for none anew', () => {
  const once = (names: readonly StateName[]): number =>
    names.reduce((sum, name) => sum + (personTimeoutMs[name] ?? 0) + (machineMs[name] ?? 0), 0);
  /** The card allows three tries, and may want its PIN again for the second signature. */
  const pins: readonly StateName[] = ['enter-pin', 'enter-pin', 'enter-pin'];
  const choosing: readonly StateName[] = ['choose', 'review', 'enter-pin', 'take-card'];

  it('is inside the session', () => {
    expect(once([...pins, 'logging-in', ...choosing, 'preparing'])).toBeLessThan(lifetimes.session.ms);
  });

  it('is inside the offer, and inside the request', () => {
    expect(once(choosing)).toBeLessThan(lifetimes.offer.ms);
    expect(once(['take-card'])).toBeLessThan(lifetimes.requestStatement.ms);
  });

  it('is inside the manifest, and so is whoever asks for more time at the cash card as often as it goes', () => {
    expect(longestStayMs('insert-cash-card')).toBeLessThan(lifetimes.manifest.ms);
  });
});
