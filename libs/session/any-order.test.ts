import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event, EventType } from './event.js';
import { choice, ids, offer, toCharged, toReady } from './fixture.js';
import { emptyVisit, initialState, type State } from './state.js';
import { edges, step } from './step.js';

describe('any order of events', () => {
  const eventTypes: EventType[] = [...new Set(edges.map((row) => row.on))];
  const anyEvent = fc.constantFrom(...eventTypes).map((type): Event => {
    const all: Record<string, unknown> = {
      ids,
      triesLeft: 2,
      pin: Buffer.from('0000'),
      offer: offer(300),
      choice,
      copies: 1,
      pagesPerCopy: 1,
    };
    return { ...all, type, copy: 1, code: 'x', sentence: 'x', count: 1, reason: null, closed: null, visit: emptyVisit } as Event;
  });
  const anyJourney = fc.tuple(fc.nat({ max: 19 }), fc.array(anyEvent, { maxLength: 40 }));

  it('charges once at most, prints only what is paid, and leaves no money without paper, reversal or case', () => {
    fc.assert(
      fc.property(anyJourney, ([prefix, rest]) => {
        let state = initialState;
        let effects: string[] = [];
        for (const event of [...[...toReady(300), ...toCharged].slice(0, prefix), ...rest]) {
          const before = state;
          const taken = step(state, event);
          state = taken.state;
          if (before.name === 'idle') effects = [];
          for (const effect of taken.effects) {
            if (effect.type === 'print-copy') expect(state.visit.charge).toBe('posted');
            // A second 0200 only after the bank has said that the first moved nothing.
            if (effect.type === 'charge') expect(['none', 'declined']).toContain(before.visit.charge);
            if (effect.type === 'reverse-charge') expect(state.visit.copies).not.toContain('printed');
            effects.push(effect.type);
          }
          expect(effects.filter((type) => type === 'print-copy').length).toBeLessThanOrEqual(1);
          if (before.name !== 'ended' && state.name === 'ended' && event.type !== 'recovered') checkEnd(state, effects);
          if (state.name === 'idle') expect(state.visit.offer).toBeNull();
        }
      }),
      { numRuns: 2000 },
    );
  });

  function checkEnd({ visit }: State, effects: readonly string[]): void {
    expect(['pending', 'unknown']).not.toContain(visit.charge);
    const allOut = visit.copies.length > 0 && visit.copies.every((copy) => copy === 'printed');
    if (visit.charge === 'posted' && !allOut) expect(effects).toContain('open-case');
    if (visit.charge === 'reversing') expect(effects).toContain('reverse-charge');
  }
});
