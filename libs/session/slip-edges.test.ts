import { expect, it } from 'vitest';
import { play, toCharged, toReady } from './fixture.js';
import { initialState } from './state.js';

it('a person whose slip did not come out reads that staff have been called, wherever the visit has got to', () => {
  const slipNotPrinted = { type: 'slip-not-printed', code: 'out-of-paper' } as const;
  const printed = play([...toReady(300), ...toCharged, { type: 'printed', copy: 1 }, slipNotPrinted]);
  expect(printed.state).toMatchObject({ name: 'take-paper', visit: { staffCalled: true, charge: 'posted' } });
  const failed = play([...toReady(300), ...toCharged, { type: 'not-printed', copy: 1, code: 'not-printed' }, slipNotPrinted]);
  expect(failed.state).toMatchObject({ name: 'ended', visit: { staffCalled: true, slip: 'missing' }, ending: { code: 'not-printed' } });
  // The call itself was stored where the printing failed.
  expect(play([slipNotPrinted], { ...initialState, name: 'ended' }).effects).toEqual([]);
});
