import { expect, it } from 'vitest';
import type { ScreenView } from '#libs/contract/screen.js';
import { choose, plainWish } from './wish.js';

type ChooseView = Extract<ScreenView, { screen: 'choose' }>;

function offering(of: { scopes: ('household' | 'part')[]; allowed: boolean; closed?: string }): ChooseView {
  const { scopes, allowed, closed = null } = of;
  const allows = { relationship: allowed, domicile: allowed, myNumber: allowed };
  const items = [{ kind: 'resident-record' as const, title: '住民票の写し', feeYen: 300, scopes, allows, maxCopies: 5, closed }];
  const member = (digit: string, isAsker: boolean) => ({ id: `m${digit.repeat(16)}`, name: '模擬', relationship: '', isAsker });
  const data = { municipality: '汐見台市', items, members: [member('a', true), member('b', false)] };
  return { sequence: 1, screen: 'choose', data, secondsLeft: null, moreTime: false, staffCalled: false };
}

it('takes the offer as it is where there is no wish', () => {
  const chosen = choose(offering({ scopes: ['household', 'part'], allowed: true }), plainWish);
  const choice = { kind: 'resident-record', scope: 'household', relationship: true, domicile: false, myNumber: false };
  expect(chosen).toMatchObject({ ok: true, value: { copies: 1, choice } });
  const alone = choose(offering({ scopes: ['part'], allowed: false }), plainWish);
  expect(alone).toMatchObject({ ok: true, value: { choice: { scope: 'part', members: [`m${'a'.repeat(16)}`], relationship: false } } });
});

it.each([
  ['scope=household', { ...plainWish, scope: 'household' as const }],
  ['myNumber=true', { ...plainWish, myNumber: true }],
  ['relationship=true', { ...plainWish, relationship: true }],
  ['copies=6', { ...plainWish, copies: 6 }],
])('does not swallow a wish that is not offered: %s', (option, wish) => {
  expect(choose(offering({ scopes: ['part'], allowed: false }), wish)).toEqual({ ok: false, error: { code: 'not-offered', option } });
});

it('chooses nothing that is closed', () => {
  const closed = offering({ scopes: ['household'], allowed: true, closed: '午前６時３０分から' });
  expect(choose(closed, plainWish)).toMatchObject({ ok: false, error: { option: 'certificate=resident-record' } });
});
