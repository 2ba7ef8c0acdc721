// The bank's line is away when somebody comes: what costs a fee is shown closed before anything
// is signed, and is to be had again, for who stands there already, when the line is back.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limits as kioskLimits } from '../../apps/kiosk/src/limits.js';
import { systemClock } from '#libs/std/clock.js';
import { Journey } from './journey.js';
import { limits } from './limits.js';

let journey: Journey;
beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey.close());

/** The bank goes while the PIN is typed, and the kiosk has looked since. */
async function theBankGoes(): Promise<void> {
  await journey.branch.processes.get('bank-sim')?.stop();
  await systemClock.sleep(2 * kioskLimits.feesPauseMs);
}

it('nobody goes on to pay what cannot be paid', { timeout: limits.visitTimeoutMs }, async () => {
  let closed: unknown = null;
  const gone = await journey.visit('hitori-gurashi', {
    onScreen: async (view) => {
      if (view.screen === 'enter-pin') await theBankGoes();
      if (view.screen === 'choose') closed = view.data.items.map((item) => item.closed);
    },
  });
  expect(closed).toEqual(['ただいま銀行に接続できないため、手数料をお支払いいただけません。しばらくしてからお試しください。']);
  expect(gone.notOffered).toBe('certificate=resident-record');
  expect(gone.screens).not.toContain('signing');
  await journey.branch.restart('bank-sim');
  await journey.untilSignedOn();
  await journey.untilWelcome();
});

it('the choice opens under the eyes of who waits for it', { timeout: limits.visitTimeoutMs }, async () => {
  const closed: unknown[] = [];
  const gone = await journey.visit('hitori-gurashi', {
    // While the first view is read the bank comes back: what is pressed is pressed on the newer one.
    onScreen: async (view) => {
      if (view.screen === 'enter-pin') await theBankGoes();
      if (view.screen !== 'choose') return;
      closed.push(...view.data.items.map((item) => item.closed));
      await journey.branch.restart('bank-sim');
      await journey.untilSignedOn();
    },
  });
  expect(closed).toEqual([expect.stringMatching(/^ただいま銀行に接続できないため/)]);
  expect(gone.end?.screen).toBe('thank-you');
});
