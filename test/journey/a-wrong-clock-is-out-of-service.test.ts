// A kiosk whose clock is more than a minute from the center's serves nobody, and says so before
// anybody has put a card in; it serves again when the clocks agree.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openScreen } from '../../apps/demo/src/screen-client.js';
import type { ScreenView } from '#libs/contract/screen.js';
import { Journey } from './journey.js';
import { limits } from './limits.js';

/** The process's clock goes wrong by what the file says, while it runs. */
const wrongClock = `
import { readFileSync } from 'node:fs';
const now = Date.now.bind(Date);
let byMs = 0;
const look = () => { byMs = Number(readFileSync(process.env.TEST_CLOCK_FILE, 'utf8')); };
look();
setInterval(look, 100).unref();
Date.now = () => now() + byMs;
`;

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-clock-'));
const clockFile = join(folder, 'by-ms');
const setWrongBy = (ms: number): void => writeFileSync(clockFile, String(ms));
let journey: Journey;

beforeAll(async () => {
  const script = join(folder, 'wrong-clock.mjs');
  writeFileSync(script, wrongClock);
  setWrongBy(0);
  journey = await Journey.open({ kioskEnv: { NODE_OPTIONS: `--import ${pathToFileURL(script).href}`, TEST_CLOCK_FILE: clockFile } });
}, limits.openTimeoutMs);
afterAll(async () => {
  await journey.close();
  rmSync(folder, { recursive: true });
});

async function shown(): Promise<ScreenView> {
  const screen = await openScreen(journey.branch.kioskUrl);
  const view = await new Promise<ScreenView>((resolve) => screen.onView(resolve));
  screen.close();
  return view;
}

const log = (): string => readFileSync(journey.branch.processes.get('kiosk')?.logFile ?? '', 'utf8');

it.each([90_000, -90_000])(
  'by %i ms: refused once, then out of service, then open again',
  { timeout: limits.visitTimeoutMs },
  async (ms) => {
    await journey.untilWelcome();
    setWrongBy(ms);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const refused = await journey.visit('hitori-gurashi');
    expect(refused.end).toMatchObject({ screen: 'ended', data: { code: 'clock-apart', money: { state: 'nothing-charged' } } });
    await journey.until('the kiosk to be out of service', async () => (await journey.shown()) === 'out-of-service');
    expect(await shown()).toMatchObject({ data: { sentence: '端末の時刻が合っていないため、ご利用いただけません。', money: null } });
    expect(log()).toContain('"code":"clock-apart"');
    setWrongBy(0);
    await journey.untilWelcome();
    expect((await journey.visit('hitori-gurashi')).end?.screen).toBe('thank-you');
  },
);

it('from the start: nobody is asked for a card', { timeout: limits.visitTimeoutMs }, async () => {
  await journey.untilWelcome();
  setWrongBy(3_600_000);
  await journey.branch.restart('kiosk');
  await journey.until('the reason on the screen', async () => {
    const view = await shown();
    expect(view.screen).not.toBe('welcome');
    return view.screen === 'out-of-service' && view.data.sentence.includes('時刻');
  });
  setWrongBy(0);
  await journey.untilWelcome();
});
