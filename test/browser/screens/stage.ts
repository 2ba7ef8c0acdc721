// A built touch screen in a real browser, with a fake kiosk behind it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { ScreenView } from '#libs/contract/screen.js';
import { buildPages, openChromium, type Panel } from './browser.js';
import { startFakeKiosk, type FakeKiosk } from './fake-kiosk.js';

export type Stage = {
  readonly kiosk: FakeKiosk;
  /** What the browser complained about: errors, a breach of the content security policy. */
  readonly complaints: string[];
  open(panel: Panel): Promise<Page>;
  showIn(page: Page, shown: ScreenView): Promise<void>;
  close(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const pages = buildPages();
  const kiosk = await startFakeKiosk(join(pages.folder, 'kiosk/screen'));
  const browser = await openChromium();
  const complaints: string[] = [];
  return {
    kiosk,
    complaints,
    open: (panel) => openPage(browser, { panel, url: kiosk.url, complaints }),
    showIn: async (page, shown) => {
      kiosk.show(shown);
      await page.locator(`[data-sequence="${shown.sequence}"]`).waitFor({ state: 'attached', timeout: 8_000 });
    },
    close: async () => {
      await browser.close();
      await kiosk.close();
      pages.remove();
    },
  };
}

type Opening = { readonly panel: Panel; readonly url: string; readonly complaints: string[] };

async function openPage(browser: Browser, { panel, url, complaints }: Opening): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: panel.width, height: panel.height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on('console', (message) => {
    // Refusals that a test asked for are no complaint.
    if (message.type() === 'error' && !/status of (503|409)|ERR_INCOMPLETE_CHUNKED/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return page;
}

/** Set to a folder, it keeps a picture of every screen for people to look at. */
const album = process.env['MADOGUCHI_SCREENSHOTS'];

export async function keep(page: Page, panel: Panel, name: string): Promise<void> {
  await keepPage(page, `${panel.name}-${name}`);
}

export async function keepPage(page: Page, name: string): Promise<void> {
  if (album === undefined) return;
  mkdirSync(album, { recursive: true });
  await page.screenshot({ path: join(album, `${name}.png`) });
}

export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}
