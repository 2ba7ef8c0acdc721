// Somebody who never saw the kiosk before: reads what the screen says, touches it, and
// leaves with the sheet. Real Chromium on the demo page, real pcscd, real processes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { startBenchServer, type BenchServer } from '../../apps/demo/src/bench-server.js';
import { findCitizen } from '../../apps/demo/world/citizens.js';
import { openBranch, type TestBranch } from '../world/branch.js';
import { openBrowser } from '../world/browser.js';

const journeyTimeoutMs = 120_000;
/** Where to put a picture of every screen, for whoever wants to look. */
const pictures = process.env['MADOGUCHI_PICTURES'];

let branch: TestBranch;
let server: BenchServer;
let browser: Browser;
let page: Page;
let kiosk: FrameLocator;

beforeAll(async () => {
  branch = await openBranch({ msPerPage: 600 });
  server = await startBenchServer(branch.bench, { kioskUrl: branch.kioskUrl, port: 0 });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1680, height: 1050 } });
  await page.goto(server.url);
  kiosk = page.frameLocator('iframe');
}, journeyTimeoutMs);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await branch?.stop();
});

let taken = 0;
async function see(words: string | RegExp): Promise<void> {
  await kiosk.getByRole('heading', { name: words }).first().waitFor({ timeout: 60_000 });
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(pictures, `${String(++taken).padStart(2, '0')}.png`) });
}

const touch = (name: string | RegExp): Promise<void> => kiosk.getByRole('button', { name }).first().click();
const choose = (words: string): Promise<void> => kiosk.getByRole('radio', { name: words }).first().check({ force: true });
const hand = (name: string, at = 0): Promise<void> => page.getByRole('button', { name, exact: true }).nth(at).click();

async function answer(question: string, choice: string): Promise<void> {
  await see(question);
  await choose(choice);
  await touch('次へ');
}

it('leaves with the sheet, and the bank has the fee', { timeout: journeyTimeoutMs }, async () => {
  const citizen = findCitizen('yonin-kazoku');
  assert(citizen !== null, 'the household of four is in the world');
  await see('マイナンバーカードを');
  await page.getByRole('combobox').first().selectOption(citizen.id);
  await hand('差し込む', 0);
  await see('マイナンバーカードの暗証番号');
  for (const digit of citizen.pin) await touch(new RegExp(`^${digit}$`));
  await touch('この番号で進む');
  await answer('どの証明書が必要ですか', '住民票の写し');
  await answer('だれをのせますか', '世帯の全員');
  await answer('世帯主と続柄をのせますか', 'のせる');
  await answer('本籍と筆頭者をのせますか', 'のせない');
  await answer('個人番号（マイナンバー）をのせますか', 'のせない');
  await see('何部必要ですか');
  await touch('次へ');
  await see('この内容でよろしいですか');
  await touch('これで申し込む');
  await see('マイナンバーカードをお取りください');
  await hand('取り出す', 0);
  await see('キャッシュカードを差し込んでください');
  await hand('差し込む', 1);
  await see('キャッシュカードの暗証番号');
  for (const digit of citizen.bankAccount.pin) await hand(digit);
  await hand('確定');
  await see('キャッシュカードをお取りください');
  await hand('取り出す', 0);
  await see('証明書をお取りください');
  expect(branch.bench.printer.state().tray.map((sheet) => sheet.pages)).toEqual([[1]]);
  await expectText('300円いただきました');
  await touch('全部取りました');
  await see('ご利用ありがとうございました');
  await see('マイナンバーカードを');
});

async function expectText(words: string): Promise<void> {
  await kiosk.getByText(words).first().waitFor({ timeout: 10_000 });
}
