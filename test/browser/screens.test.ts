// Every screen of the touch screen, as built, in a real browser, on both panels: nothing
// scrolls or is cut off, everything can be read and hit, and what is pressed is what is sent.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPages, openChromium, panels, type Panel } from './screens/browser.js';
import { startFakeKiosk, type FakeKiosk } from './screens/fake-kiosk.js';
import { faultsOf } from './screens/measure.js';
import { everyScreen, household, offered, summary, view } from './screens/views.js';

let browser: Browser;
let kiosk: FakeKiosk;
let pages: { folder: string; remove: () => void };

beforeAll(async () => {
  pages = buildPages();
  kiosk = await startFakeKiosk(join(pages.folder, 'kiosk/screen'));
  browser = await openChromium();
}, 120_000);

afterAll(async () => {
  await browser.close();
  await kiosk.close();
  pages.remove();
});

/** Set to a folder, it keeps a picture of every screen for people to look at. */
const album = process.env['MADOGUCHI_SCREENSHOTS'];

async function keep(page: Page, panel: Panel, name: string): Promise<void> {
  if (album === undefined) return;
  mkdirSync(album, { recursive: true });
  await page.screenshot({ path: join(album, `${panel.name}-${name}.png`) });
}

async function open(panel: Panel): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: panel.width, height: panel.height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !/503|409/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(kiosk.url);
  return page;
}
const complaints: string[] = [];

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

async function until(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 5_000 }).toBe(true);
}

describe.each(panels)('on a $name panel', (panel) => {
  it('shows every screen whole, readable and within reach', { timeout: 120_000 }, async () => {
    const page = await open(panel);
    const found: string[] = [];
    for (const [name, shown] of everyScreen()) {
      kiosk.show(shown);
      await page.waitForFunction((sequence) => document.querySelector(`[data-sequence="${sequence}"]`) !== null, shown.sequence);
      await keep(page, panel, name);
      found.push(...(await faultsOf(page, panel)).map((fault) => `${name}: ${fault}`));
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});
