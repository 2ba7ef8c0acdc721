// Every screen of the touch screen, as built, in a real browser, on both panels: nothing
// scrolls or is cut off, everything can be read and hit, and a household of nine gets through.
import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { panels } from './screens/browser.js';
import { faultsOf } from './screens/measure.js';
import { keep, openStage, press, type Stage } from './screens/stage.js';
import { everyScreen, household, longNamed, offered, summary, view } from './screens/views.js';

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

describe.each(panels)('on a $name panel', { timeout: 60_000 }, (panel) => {
  it('shows every screen whole, readable and within reach', async () => {
    const page = await stage.open(panel);
    const found: string[] = [];
    for (const [name, shown] of everyScreen()) {
      await stage.showIn(page, shown);
      await keep(page, panel, name);
      found.push(...(await faultsOf(page, panel)).map((fault) => `${name}: ${fault}`));
    }
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('leads through the whole choice for a household of nine, one decision a screen', async () => {
    const page = await stage.open(panel);
    const shown = view('choose', offered(9), { secondsLeft: 120 });
    await stage.showIn(page, shown);
    const found: string[] = [];
    const onward = async (name: string): Promise<void> => {
      await keep(page, panel, `choose-${name}`);
      found.push(...(await faultsOf(page, panel)).map((fault) => `${name}: ${fault}`));
      await press(page, '次へ');
    };
    await onward('certificate');
    await onward('certificate-missing');
    await page.getByRole('radio', { name: /住民票の写し/ }).check();
    await onward('certificate-chosen');
    await page.getByRole('radio', { name: /世帯の一部/ }).check();
    await onward('reach');
    await page.getByRole('checkbox', { name: /潮見 花子/ }).check();
    await onward('members-1');
    await press(page, '戻る');
    await expect.poll(() => page.getByRole('checkbox', { name: /潮見 花子/ }).isChecked()).toBe(true);
    await press(page, '次へ');
    await page.getByRole('checkbox', { name: /寿限無/ }).check();
    await onward('members-2');
    for (const [name, answer] of [
      ['relationship', 'のせる'],
      ['domicile', 'のせない'],
      ['my-number', 'のせない'],
    ] as const) {
      await onward(`${name}-missing`);
      await page.getByRole('radio', { name: answer, exact: true }).check();
      await onward(name);
    }
    await press(page, '1部ふやす');
    await onward('copies');
    await until(() => stage.kiosk.actions.length > 0);
    const members = household(9)
      .filter(({ name }) => /花子|寿限無/.test(name))
      .map(({ id }) => id);
    const choice = { kind: 'resident-record', scope: 'part', members, relationship: true, domicile: false, myNumber: false };
    expect(stage.kiosk.actions).toEqual([{ type: 'choose', sequence: shown.sequence, choice, copies: 2 }]);
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('is measured by a ruler that finds what is wrong', async () => {
    const page = await stage.open(panel);
    await stage.showIn(page, view('review', summary(4), { secondsLeft: 120 }));
    expect(await faultsOf(page, panel)).toEqual([]);
    await page.evaluate(() => {
      for (const [place, property, value] of [
        ['h1', 'color', '#999999'],
        ['h1', 'font-size', '40px'],
        ['.facts dt', 'font-size', '18px'],
        ['.facts', 'margin-top', '1200px'],
        ['.place-stop button', 'width', '50px'],
        ['.place-call button', 'margin-left', '-900px'],
      ] as const)
        document.querySelector<HTMLElement>(place)?.style.setProperty(property, value);
    });
    const found = (await faultsOf(page, panel)).join();
    const rules = ['contrast', 'heading of', 'text of 18', 'outside its place', 'beyond its place', 'overlap'];
    expect(rules.filter((rule) => !found.includes(rule))).toEqual([]);
    await page.context().close();
  });

  it('finds room for the longest names', async () => {
    const page = await stage.open(panel);
    await stage.showIn(page, view('choose', { ...offered(6), members: longNamed(6) }, { secondsLeft: 120 }));
    await page.getByRole('radio', { name: /住民票の写し/ }).check();
    await press(page, '次へ');
    await page.getByRole('radio', { name: /世帯の一部/ }).check();
    await press(page, '次へ');
    await page.getByRole('checkbox').first().check();
    await keep(page, panel, 'choose-long-names');
    expect(await page.getByRole('checkbox').count()).toBe(3);
    expect(await faultsOf(page, panel)).toEqual([]);
    await page.context().close();
  });

  it('shows all nine of a household before it can be confirmed', async () => {
    const page = await stage.open(panel);
    const shown = view('review', summary(9));
    await stage.showIn(page, shown);
    const names = await page.locator('.registered-name').allTextContents();
    expect(names).toEqual(household(9).map(({ name }) => name));
    expect(await page.getByRole('button', { name: 'これで申し込む' }).count()).toBe(0);
    await press(page, '次へ');
    expect(await faultsOf(page, panel)).toEqual([]);
    await keep(page, panel, 'review-nine-facts');
    await press(page, 'これで申し込む');
    await until(() => stage.kiosk.actions.length > 0);
    expect(stage.kiosk.actions).toEqual([{ type: 'confirm', sequence: shown.sequence }]);
    await page.context().close();
  });
});
