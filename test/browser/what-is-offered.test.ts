// A button that a screen shows does something: in every state of the engine, what the screen
// offers is a row of the table, and what the table takes from a person is offered.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, assert, beforeAll, beforeEach, expect, it } from 'vitest';
import { findFeesClosed } from '../../apps/kiosk/src/fee-window.js';
import { toEvent } from '../../apps/kiosk/src/screen/to-event.js';
import { toView } from '../../apps/kiosk/src/screen/view.js';
import { choice, ids, offer } from '#libs/session/fixture.js';
import { emptyVisit, stateNames, type StateName, type Visit } from '#libs/session/state.js';
import { edges } from '#libs/session/step.js';
import { panels } from './screens/browser.js';
import { openStage, press, type Stage } from './screens/stage.js';

let stage: Stage;
let page: Page;
let sequence = 0;

beforeAll(async () => {
  stage = await openStage();
  page = await stage.open(panels[0]);
}, 120_000);
afterAll(() => stage.close());
beforeEach(() => {
  stage.kiosk.actions.length = 0;
});
afterEach(() => {
  assert.deepEqual(stage.complaints, []);
});

const visit: Visit = {
  ...emptyVisit,
  ids,
  triesLeft: 3,
  sessionOpen: true,
  offer: offer(300),
  chosen: { choice, copies: 1, feeYen: 300 },
  copies: ['printed'],
  pagesPerCopy: 1,
};

async function show(name: StateName, change: Partial<Visit> = {}): Promise<void> {
  sequence += 1;
  await stage.showIn(
    page,
    toView({ name, visit: { ...visit, ...change }, ending: null }, { sequence, secondsLeft: null, moreTime: false }),
  );
}

/** Each of the four places is pressed on a fresh view, a PIN is typed and the only certificate chosen before. */
async function offeredIn(name: StateName): Promise<string[]> {
  for (const place of ['back', 'next', 'stop', 'call']) {
    await show(name);
    if (name === 'enter-pin') for (const digit of '1234') await press(page, digit);
    const button = page.locator(`.place-${place} button`);
    if ((await button.count()) === 0) continue;
    const before = stage.kiosk.actions.length;
    await button.click();
    await expect.poll(() => stage.kiosk.actions.length, { timeout: 5_000 }).toBe(before + 1);
  }
  return stage.kiosk.actions.map((action) => (action.type === 'more-time' ? 'more-time' : toEvent(action).type));
}

const pressed = ['pin-entered', 'confirmed', 'back', 'stop', 'staff-called', 'done'];

it.each(stateNames.filter((name) => name !== 'choose'))(
  '%s offers what the table takes, and nothing else',
  async (name) => {
    const taken = edges.filter((row) => row.from === name && pressed.includes(row.on)).map((row) => row.on);
    expect((await offeredIn(name)).toSorted()).toEqual(taken.toSorted());
  },
  30_000,
);

it('choose offers what the table takes, when everything is decided', async () => {
  await show('choose');
  await page.getByRole('radio').first().check();
  await press(page, '次へ');
  await page.getByRole('radio').first().check();
  await press(page, '次へ');
  for (const _inclusion of ['relationship', 'domicile']) {
    await page.getByRole('radio', { name: 'のせない', exact: true }).check();
    await press(page, '次へ');
  }
  await press(page, '次へ');
  await expect.poll(() => stage.kiosk.actions.length, { timeout: 5_000 }).toBe(1);
  await show('choose');
  await press(page, 'やめる');
  await expect.poll(() => stage.kiosk.actions.length, { timeout: 5_000 }).toBe(2);
  const offered = stage.kiosk.actions.map((action) => (action.type === 'more-time' ? 'more-time' : toEvent(action).type));
  expect(offered).toEqual(['chosen', 'stop']);
  for (const on of offered) expect(edges.some((row) => row.from === 'choose' && row.on === on)).toBe(true);
}, 30_000);

it('what costs a fee is closed under the eyes of who chooses it, and is open again with what was chosen', async () => {
  const feesClosed = findFeesClosed({ hours: null, isSignedOn: () => false }, 0);
  await show('idle');
  await show('choose');
  await page.getByRole('radio').first().check();
  await press(page, '次へ');
  await page.getByRole('radio').first().check();
  await show('choose', { feesClosed });
  await page.getByText(feesClosed?.sentence ?? '').waitFor();
  expect([await page.getByRole('radio').count(), await page.getByRole('button', { name: '次へ' }).count()]).toEqual([0, 0]);
  await show('choose');
  await page.getByRole('button', { name: '次へ' }).waitFor();
  expect(await page.getByRole('radio').first().isChecked()).toBe(true);
  expect(stage.kiosk.actions).toEqual([]);
}, 30_000);

it('what is free can be had while the bank is closed', async () => {
  const feesClosed = {
    cause: 'hours',
    sentence: '銀行の受付時間外のため、手数料をお支払いいただけません。本日9時から受け付けます。',
  } as const;
  await show('idle');
  await show('choose', { feesClosed, offer: offer(0) });
  expect(await page.getByRole('radio').count()).toBe(1);
  await show('idle');
  await show('choose', { feesClosed });
  await page.getByText('本日9時から受け付けます').waitFor();
  expect(await page.getByRole('radio').count()).toBe(0);
}, 30_000);
