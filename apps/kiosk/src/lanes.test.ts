import { expect, it } from 'vitest';
import type { Effect } from '#libs/session/effect.js';
import { Lanes } from './lanes.js';

/** Every effect hangs until it is let go. */
function hanging() {
  const begun: string[] = [];
  const waiting = new Map<string, () => void>();
  const perform = (effect: Effect): Promise<void> => {
    begun.push(effect.type);
    return new Promise((resolve) => waiting.set(effect.type, resolve));
  };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const finish = async (type: string): Promise<void> => {
    waiting.get(type)?.();
    await settle();
  };
  return { begun, perform, finish, settle };
}

const callStaff: Effect = { type: 'call-staff', cause: 'citizen-asked' };

it('calls staff and gives a card back while the receipt printer hangs, but forgets the visit only after it', async () => {
  const lanes = new Lanes();
  const { begun, perform, finish, settle } = hanging();
  lanes.start([{ type: 'print-slip', code: 'x' }], perform);
  await settle();
  lanes.start([{ type: 'release-card' }, callStaff], perform);
  lanes.start([{ type: 'wipe' }], perform);
  await settle();
  expect(begun).toEqual(['print-slip', 'release-card', 'call-staff']);
  await finish('call-staff');
  expect(begun).not.toContain('wipe');
  await finish('print-slip');
  expect(begun.at(-1)).toBe('wipe');
});

it('cancels the PIN pad and writes the reversal down while the PIN pad is being asked', async () => {
  const lanes = new Lanes();
  const { begun, perform, finish, settle } = hanging();
  lanes.start([{ type: 'ask-bank-pin' }], perform);
  lanes.start([{ type: 'cancel-bank-pin' }, { type: 'release-card' }, { type: 'reverse-charge', reason: 'stopped' }], perform);
  await settle();
  expect(begun).toEqual(['ask-bank-pin', 'cancel-bank-pin', 'reverse-charge']);
  await finish('cancel-bank-pin');
  expect(begun.at(-1)).toBe('release-card');
});

it('stores in the order of the steps', async () => {
  const lanes = new Lanes();
  const { begun, perform, finish, settle } = hanging();
  lanes.start([{ type: 'reverse-charge', reason: 'x' }, { type: 'report-outcome' }], perform);
  lanes.start([callStaff], perform);
  await settle();
  await finish('reverse-charge');
  expect(begun).toEqual(['reverse-charge', 'report-outcome']);
  await finish('report-outcome');
  expect(begun.at(-1)).toBe('call-staff');
});
