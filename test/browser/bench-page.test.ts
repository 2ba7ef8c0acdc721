// The bench page of the demo, as built, in a real browser: the kiosk's screen beside the
// hands, and every hand asks the demo for exactly what it did.
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BenchState } from '#libs/contract/simulators.js';
import { buildPages, openChromium } from './screens/browser.js';
import { startFakeBench, type FakeBench } from './screens/fake-bench.js';
import { startFakeKiosk, type FakeKiosk } from './screens/fake-kiosk.js';
import { keepPage } from './screens/stage.js';
import { view } from './screens/views.js';

let pages: ReturnType<typeof buildPages>;
let kiosk: FakeKiosk;
let bench: FakeBench;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  pages = buildPages();
  kiosk = await startFakeKiosk(join(pages.folder, 'kiosk/screen'));
  bench = await startFakeBench(join(pages.folder, 'demo/bench'), kiosk.url);
  browser = await openChromium();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await bench.close();
  await kiosk.close();
  pages.remove();
});
beforeEach(async () => {
  bench.asked.length = 0;
  kiosk.show(view('welcome', {}));
  bench.show(idle);
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(8_000);
  await page.goto(bench.url);
});
afterEach(() => page.close());

const idle: BenchState = {
  sequence: 1,
  slots: [
    { slot: '1', card: null },
    { slot: '2', card: null },
  ],
  pinPad: { asking: false, amountYen: null, digits: 0 },
  printer: { state: 'idle', fault: 'none', tray: [], paper: 100 },
  receipt: { fault: 'none', slips: [] },
};
const sheet = {
  id: 'f3b1c9a0-1f5e-4d7a-9a51-0d6f3f0b7c11',
  jobName: '5b0c6c1e-1f5e-4d7a-9a51-0d6f3f0b7c11-2-1',
  pages: [1],
  path: 'sheet.pdf',
};

async function askedFor(expected: readonly string[]): Promise<void> {
  await expect.poll(() => bench.asked, { timeout: 5_000 }).toEqual(expected);
}
const named = (name: string) => page.getByRole('button', { name, exact: true });

describe('the bench page', { timeout: 30_000 }, () => {
  it('shows the kiosk beside the hands, whole', async () => {
    await page.frameLocator('iframe').getByRole('heading', { name: 'マイナンバーカードを差し込んでください' }).waitFor();
    const frame = await page.locator('.kiosk-frame').boundingBox();
    expect(frame === null ? 0 : frame.height / frame.width).toBeCloseTo(1920 / 1080, 2);
    expect(frame?.height ?? 0).toBeLessThanOrEqual(900);
    await keepPage(page, 'bench');
  });

  it('says whose PINs they are, and puts the chosen card in and out', async () => {
    await page.locator('code').getByText('1234').waitFor();
    await page.getByRole('group', { name: 'マイナンバーカード' }).getByRole('button', { name: '差し込む' }).click();
    await page.getByRole('combobox').selectOption('jiro');
    await page.getByRole('group', { name: 'キャッシュカード' }).getByRole('button', { name: '差し込む' }).click();
    bench.show({ ...idle, slots: [{ slot: '1', card: 'taro' }, ...idle.slots.slice(1)] });
    await named('取り出す').click();
    await askedFor([
      'PUT /bench/slots/1 {"citizen":"taro"}',
      'PUT /bench/slots/2 {"citizen":"jiro"}',
      'PUT /bench/slots/1 {"citizen":null}',
    ]);
  });

  it('has the pad of the bank, which shows the amount and how many digits', async () => {
    bench.show({ ...idle, pinPad: { asking: true, amountYen: 300, digits: 2 } });
    const display = page.locator('.pad-display');
    await expect.poll(() => display.textContent()).toBe('暗証番号を押してください300円 ＊＊');
    for (const key of ['9', '訂正', '確定', '取消']) await named(key).click();
    await askedFor(['9', 'clear', 'enter', 'cancel'].map((key) => `POST /bench/pin-pad/keys {"key":"${key}"}`));
  });

  it.each([
    ['idle', '待機中'],
    ['processing', '印刷中'],
    ['stopped', '停止中'],
  ])('says in Japanese that the printer is %s', async (state, words) => {
    bench.show({ ...idle, printer: { ...idle.printer, state } });
    const heading = page.getByRole('region', { name: 'プリンター', exact: true }).getByRole('heading');
    await expect.poll(() => heading.textContent()).toBe(`プリンター ${words}`);
  });

  it('breaks, fills and heals the printers, with faults it never heard of by their name', async () => {
    const printer = page.getByRole('region', { name: 'プリンター', exact: true });
    expect(await printer.getByRole('button', { name: '正常' }).getAttribute('aria-pressed')).toBe('true');
    await printer.getByRole('button', { name: 'brand-new' }).click();
    await printer.getByRole('button', { name: '50枚入れる' }).click();
    await printer.getByRole('button', { name: '空にする' }).click();
    await page.getByRole('region', { name: 'レシートプリンター' }).getByRole('button', { name: '電源断' }).click();
    await askedFor([
      'PUT /bench/printer/fault {"fault":"brand-new"}',
      'POST /bench/printer/paper {"sheets":50}',
      'POST /bench/printer/paper {"sheets":0}',
      'PUT /bench/receipt/fault {"fault":"offline"}',
    ]);
  });

  it('lets a sheet be looked at and the tray be emptied, and shows the slips', async () => {
    bench.show({
      ...idle,
      printer: { ...idle.printer, state: 'idle', tray: [sheet] },
      receipt: { fault: 'none', slips: ['領収書\n  300円', '控え\n  M7K3-20416'] },
    });
    await page.getByRole('button', { name: /2部め 1ページ/ }).click();
    expect(await page.getByRole('dialog').locator('iframe').getAttribute('src')).toBe(`/bench/sheets/${sheet.id}#page=1`);
    await keepPage(page, 'bench-looking');
    await named('閉じる').click();
    await keepPage(page, 'bench-busy');
    expect(await page.locator('pre').allTextContents()).toEqual(['控え\n  M7K3-20416', '領収書\n  300円']);
    await named('紙を全部取る').click();
    await askedFor(['POST /bench/printer/take {}']);
  });

  it('says what the demo would not do', async () => {
    bench.refuseNext('そのカードは、もう入っています。');
    await page.getByRole('group', { name: 'マイナンバーカード' }).getByRole('button', { name: '差し込む' }).click();
    const alert = page.getByRole('alert').getByText('そのカードは、もう入っています。');
    await alert.waitFor();
    expect(await alert.isVisible()).toBe(true);
  });
});
