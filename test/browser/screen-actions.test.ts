// What is pressed on the touch screen is what the kiosk is sent, for the view that was shown;
// nothing of a PIN stays in the page; and when the kiosk is away the screen waits calmly.
import type { Page } from 'playwright-core';
import type { ScreenView } from '#libs/contract/screen.js';
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { panels } from './screens/browser.js';
import { faultsOf } from './screens/measure.js';
import { keep, openStage, press, type Stage } from './screens/stage.js';
import { everyScreen, offered, summary, view } from './screens/views.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());
beforeEach(() => {
  stage.kiosk.actions.length = 0;
  stage.kiosk.answerWith(202);
});
afterEach(() => {
  assert.deepEqual(stage.complaints, []);
});

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 5_000 }).toBe(true);
}

describe('what is pressed', { timeout: 30_000 }, () => {
  let page: Page;
  beforeEach(async () => {
    page = await stage.open(panels[0]);
  });
  afterEach(() => page.context().close());

  it('is the PIN, sent once, and no digit of it stays in the page', async () => {
    const asked = view('enter-pin', { triesLeft: 3, wrongBefore: false, again: false });
    await stage.showIn(page, asked);
    for (const key of ['7', '3', '1']) await press(page, key);
    // It says that it cannot be used yet; a finger tries all the same.
    await page.getByRole('button', { name: 'この番号で進む' }).click({ force: true });
    expect(await page.locator('.masked').textContent()).toBe('＊＊＊');
    await page.keyboard.press('9');
    const said = await page.locator('.masked').getAttribute('aria-label');
    expect(said).toBe('4けたのうち4けた入力しました');
    expect(await traces(page, '7319')).toEqual([]);
    const go = page.getByRole('button', { name: 'この番号で進む' });
    await go.dblclick({ force: true });
    await until(() => stage.kiosk.actions.length > 0);
    expect(await page.locator('.masked').textContent()).toBe('');
    await stage.showIn(page, view('enter-pin', { triesLeft: 2, wrongBefore: true, again: false }));
    expect(await page.locator('.masked').textContent()).toBe('');
    expect(stage.kiosk.actions).toEqual([{ type: 'enter-pin', sequence: asked.sequence, pin: '7319' }]);
    expect(await traces(page, '7319')).toEqual([]);
  });

  it('can be corrected, one digit or all', async () => {
    const asked = view('enter-pin', { triesLeft: 3, wrongBefore: false, again: false });
    await stage.showIn(page, asked);
    for (const key of ['1', '2', '全部消す', '4', '5', '1つ消す', '6', '7', '8']) await press(page, key);
    await press(page, 'この番号で進む');
    await until(() => stage.kiosk.actions.length > 0);
    expect(stage.kiosk.actions).toEqual([{ type: 'enter-pin', sequence: asked.sequence, pin: '4678' }]);
  });

  it.each([
    ['やめる', 'stop', view('preparing', {})],
    ['戻る', 'back', view('review', summary(2))],
    ['これで申し込む', 'confirm', view('review', summary(2))],
    ['係員を呼ぶ', 'call-staff', view('welcome', {})],
    ['もう少し時間が必要', 'more-time', view('take-card', { sentence: null }, { secondsLeft: 20 })],
    ['全部取りました', 'done', view('take-paper', { copies: 1, pages: 1, money: { state: 'nothing-charged' } })],
  ] as const)('%s is the action %s of the view that was shown', async (button, type, shown) => {
    await stage.showIn(page, shown);
    await press(page, button);
    await until(() => stage.kiosk.actions.length > 0);
    expect(stage.kiosk.actions).toEqual([{ type, sequence: shown.sequence }]);
  });

  it('keeps やめる, 戻る, 次へ and 係員を呼ぶ where they were', async () => {
    const places = new Map<string, Set<string>>();
    for (const shown of everyScreen().values()) {
      await stage.showIn(page, shown);
      for (const place of ['stop', 'back', 'next', 'call']) {
        const button = page.locator(`.place-${place} button`);
        const box = (await button.count()) === 0 ? null : await button.boundingBox();
        if (box !== null) places.set(place, (places.get(place) ?? new Set()).add(JSON.stringify(box)));
      }
    }
    expect([...places].map(([place, boxes]) => `${place} ${boxes.size}`)).toEqual(['call 1', 'stop 1', 'next 1', 'back 1']);
  });

  it('offers no way to stop once the money is reached', async () => {
    const reached = [...everyScreen()].filter(([, { screen }]) =>
      ['charging', 'take-cash-card', 'printing', 'take-paper'].includes(screen),
    );
    for (const [, shown] of reached) {
      await stage.showIn(page, shown);
      expect(await page.getByRole('button', { name: 'やめる' }).count()).toBe(0);
    }
    expect(reached.length).toBeGreaterThan(3);
  });

  it('may be refused as stale, and then can be pressed again', async () => {
    stage.kiosk.answerWith(409);
    await stage.showIn(page, view('review', summary(2)));
    await press(page, 'これで申し込む');
    await until(() => stage.kiosk.actions.length === 1);
    stage.kiosk.answerWith(202);
    await stage.showIn(page, view('review', summary(2)));
    await press(page, 'これで申し込む');
    await until(() => stage.kiosk.actions.length === 2);
  });
});

describe('time and trouble', { timeout: 30_000 }, () => {
  it('counts down between two views, calmly above half a minute', async () => {
    const page = await stage.open(panels[0]);
    await stage.showIn(page, view('take-card', { sentence: null }, { secondsLeft: 47 }));
    expect(await page.getByRole('timer').textContent()).toBe('のこり時間 約40秒');
    await stage.showIn(page, view('take-card', { sentence: null }, { secondsLeft: 12 }));
    await expect.poll(() => page.getByRole('timer').textContent(), { timeout: 5_000 }).toBe('のこり時間 10秒');
    await page.context().close();
  });

  it('gives the time anew by a touch inside a screen, now and then, and not when there is none to give', async () => {
    const page = await stage.open(panels[0]);
    await page.clock.install();
    const touch = async (shown: ScreenView, button: string): Promise<void> => {
      await stage.showIn(page, shown);
      await press(page, button);
      await page.clock.fastForward(70_000);
      await press(page, '戻る');
    };
    const around = { secondsLeft: 120 };
    const nine = view('review', summary(9), around);
    await touch(nine, '次へ');
    await until(() => stage.kiosk.actions.length === 1);
    expect(stage.kiosk.actions).toEqual([{ type: 'more-time', sequence: nine.sequence }]);
    await touch(view('review', summary(9), { ...around, moreTime: false }), '次へ');
    expect(await page.getByRole('button', { name: 'もう少し時間が必要' }).count()).toBe(0);
    // A choice that comes from the review would stand at its end.
    await stage.showIn(page, view('welcome', {}));
    const choosing = view('choose', offered(4), around);
    await stage.showIn(page, choosing);
    await page.getByRole('radio', { name: /住民票の写し/ }).check();
    await page.clock.fastForward(70_000);
    await press(page, '次へ');
    await until(() => stage.kiosk.actions.length > 1);
    expect(stage.kiosk.actions.slice(1)).toEqual([{ type: 'more-time', sequence: choosing.sequence }]);
    await page.context().close();
  });

  it('asks to wait when the stream breaks, keeps what was chosen, and goes on', async () => {
    const page = await stage.open(panels[1]);
    const shown = view('choose', offered(4));
    await stage.showIn(page, shown);
    await page.getByRole('radio', { name: /住民票の写し/ }).check();
    stage.kiosk.reachable(false);
    await page.getByRole('alert').getByText('しばらくお待ちください').waitFor();
    await keep(page, panels[1], 'stream-broken');
    expect(await faultsOf(page, panels[1])).toEqual([]);
    stage.kiosk.reachable(true);
    await page.getByText('しばらくお待ちください').waitFor({ state: 'detached' });
    expect(await page.getByRole('radio', { name: /住民票の写し/ }).isChecked()).toBe(true);
    await page.context().close();
  });

  it('shows nothing of a view that is not a view', async () => {
    const page = await stage.open(panels[0]);
    await stage.showIn(page, view('welcome', {}));
    stage.kiosk.show({ sequence: 1, screen: 'welcome', data: { name: '潮見 太郎' }, secondsLeft: null, staffCalled: false });
    await page.getByText('しばらくお待ちください').waitFor();
    await stage.showIn(page, view('welcome', {}));
    expect(await page.getByText('潮見').count()).toBe(0);
    await page.context().close();
  });

  it('forgets who was there when the kiosk stays away', async () => {
    const page = await stage.open(panels[0]);
    await stage.showIn(page, view('review', summary(4)));
    stage.kiosk.reachable(false);
    await expect.poll(() => page.locator('body').innerHTML(), { timeout: 20_000 }).not.toContain('潮見');
    stage.kiosk.reachable(true);
    await page.context().close();
  });
});

/** Where the digits stand in the page, its storage or its fields. */
async function traces(page: Page, pin: string): Promise<readonly string[]> {
  const kept = await page.evaluate(() => [
    document.documentElement.outerHTML.replaceAll(/data-sequence="\d+"/g, ''),
    JSON.stringify([localStorage, sessionStorage]),
    location.href,
    [...document.querySelectorAll('input')].map(({ value }) => value).join(),
    document.cookie,
  ]);
  return kept.filter((text) => text.includes(pin));
}
