// The kiosk's disk takes nothing for a while, in the middle of a visit: nobody can be served,
// and the screen says so; as soon as it takes something again, the money goes back and the next
// person is served. Nobody starts anything anew.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { healthSchema } from '#libs/contract/center.js';
import { assert } from '#libs/std/assert.js';
import { manage } from '../../apps/demo/src/management.js';
import { openScreen } from '../../apps/demo/src/screen-client.js';
import { giveRoom, takeRoom } from '../world/disk-room.js';
import { Journey, takenYenBy, type Gone } from './journey.js';
import { limits } from './limits.js';

const feeYen = 300;
const options = { timeout: limits.visitTimeoutMs };

let journey: Journey;
beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey?.close());
afterEach(() => giveRoom(kiosk().pid));

function kiosk(): { readonly pid: number; readonly logFile: string } {
  const running = journey.branch.processes.get('kiosk');
  assert(running !== undefined, 'the branch has a kiosk');
  return running;
}

function fillTheDisk(): void {
  takeRoom(kiosk().pid, join(journey.branch.folder, 'kiosk.db'));
}

it('full before anybody has paid: nothing is charged, and the kiosk says that it is out of service', options, async () => {
  const gone = await journey.visit('hitori-gurashi', { onScreen: ({ screen }) => (screen === 'review' ? fillTheDisk() : undefined) });
  await expectOutOfService(gone, 'nothing-charged');
  expect(gone.ledger).toEqual([]);
  giveRoom(kiosk().pid);
  await nextPersonIsServed();
});

it('full when the answer of the bank comes: the money goes back', options, async () => {
  const before = await journey.ledger();
  await manage({
    method: 'PUT',
    url: `${journey.branch.addresses.bankManagement}/fault`,
    body: { fault: 'late', delayMs: 3_000, times: 1 },
  });
  const gone = await journey.visit('hitori-gurashi', {
    onScreen: async ({ screen }) => {
      if (screen !== 'charging') return;
      await journey.until('the bank to have taken the money', async () => takenYenBy(await journey.ledgerSince(before)) === feeYen);
      fillTheDisk();
    },
  });
  await expectOutOfService(gone, 'being-checked');
  giveRoom(kiosk().pid);
  await untilGivenBack(gone, before);
});

it('full between charge and paper: nothing is printed, and the money goes back', options, async () => {
  const before = await journey.ledger();
  const gone = await journey.visit('hitori-gurashi', {
    onScreen: ({ screen }) => (screen === 'take-cash-card' ? fillTheDisk() : undefined),
  });
  await expectOutOfService(gone, 'being-checked');
  expect(gone.sheets).toEqual([]);
  giveRoom(kiosk().pid);
  await untilGivenBack(gone, before);
});

/** As long as it is full. */
async function expectOutOfService(gone: Gone, money: string): Promise<void> {
  expect(gone.end).toMatchObject({ screen: 'out-of-service', data: { sentence: expect.stringMatching(/。$/), money: { state: money } } });
  const failed = (): number => readFileSync(kiosk().logFile, 'utf8').split('"code":"recovery-failed"').length;
  const failedBefore = failed();
  await journey.until('another try in vain', async () => failed() > failedBefore);
  expect(await journey.shown()).toBe('out-of-service');
  const health = healthSchema.parse(await manage({ method: 'GET', url: `${journey.branch.kioskUrl}/health` }));
  expect(health.status).toBe('degraded');
}

async function untilGivenBack({ request }: Gone, before: Awaited<ReturnType<Journey['ledger']>>): Promise<void> {
  await journey.until('the reversal', async () => {
    const kinds = (await journey.ledgerSince(before)).map((line) => line.kind);
    return kinds.join(' ') === 'purchase purchase reversal reversal';
  });
  await journey.untilCopiesAre(request, 'voided');
  await nextPersonIsServed();
}

async function nextPersonIsServed(): Promise<void> {
  await whoIsThereGoes();
  const next = await journey.visit('yonin-kazoku');
  expect(next.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged' } } });
  expect(readFileSync(kiosk().logFile, 'utf8')).not.toMatch(/^\s+at /m);
}

/** Reads what became of the money, where the screen says so, and leaves. */
async function whoIsThereGoes(): Promise<void> {
  const screen = await openScreen(journey.branch.kioskUrl);
  await journey.until('the kiosk to be back', async () => screen.view()?.screen === 'welcome' || screen.view()?.screen === 'ended');
  if (screen.view()?.screen === 'ended') await screen.act({ type: 'done', sequence: screen.view()?.sequence ?? 0 });
  screen.close();
  await journey.untilWelcome();
}
