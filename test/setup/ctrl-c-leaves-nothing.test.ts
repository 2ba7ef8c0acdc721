// Ctrl-C at a terminal goes to a command and to whatever it has started, at once. Whenever it
// comes, the command ends in a few seconds, and no process, no folder and no key is left of it.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeCheckout, type Checkout } from './checkout.js';
import { root } from './command.js';
import { processesIn, startAtTerminal, type AtTerminal } from './terminal.js';

const story = { timeout: 120_000 };
const patience = { timeout: 60_000, interval: 50 };
/** A person who waits longer presses again, or closes the window. */
const endsWithinMs = 10_000;

let checkout: Checkout;
let temporary: string;
beforeAll(() => {
  checkout = makeCheckout();
});
afterAll(() => checkout.remove());

let count = 0;
beforeEach(() => {
  temporary = join(checkout.temporary, String(++count));
  mkdirSync(temporary);
});
afterEach(() => {
  for (const { pid } of processesIn(temporary)) process.kill(pid, 'SIGKILL');
});

const inCheckout = (...words: string[]): AtTerminal => startAtTerminal([process.execPath, ...words], { cwd: checkout.folder, temporary });
const inHouse = (...words: string[]): AtTerminal => startAtTerminal([process.execPath, ...words], { cwd: root, temporary });
const demo = join('dist', 'apps', 'demo', 'src', 'main.js');

async function expectEnd(command: AtTerminal, signal: 'SIGINT' | 'SIGHUP', code: number): Promise<void> {
  const begunMs = performance.now();
  command.signal(signal);
  expect(await command.ended).toBe(code);
  expect(performance.now() - begunMs).toBeLessThan(endsWithinMs);
  expect(processesIn(temporary)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
}

async function openWithBothCards(command: AtTerminal): Promise<void> {
  await expect.poll(() => /^Madoguchi is open: (\S+)$/m.exec(command.said)?.[1] ?? '', patience).toMatch(/^http/);
  const url = /^Madoguchi is open: (\S+)$/m.exec(command.said)?.[1] ?? '';
  for (const slot of ['1', '2']) {
    const body = JSON.stringify({ citizen: 'hitori-gurashi' });
    const put = await fetch(`${url}/bench/slots/${slot}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    expect(put.status).toBe(204);
  }
}

it.each([
  { signal: 'SIGINT', how: 'Ctrl-C' },
  { signal: 'SIGHUP', how: 'a closed window' },
] as const)('npm start with a card in both slots: $how', story, async ({ signal }) => {
  const command = inCheckout(demo);
  await openWithBothCards(command);
  await expectEnd(command, signal, 0);
  expect(command.said).not.toContain('has ended by itself');
});

it('npm start that is still opening', story, async () => {
  const command = inCheckout(demo);
  await expect.poll(() => readdirSync(temporary).some((name) => name.startsWith('madoguchi-pcscd-')), patience).toBe(true);
  await expectEnd(command, 'SIGINT', 130);
  expect(command.said).toBe('');
});

it('npm run dev with a card in both slots', story, async () => {
  const command = inCheckout('.config/dev.mjs');
  await openWithBothCards(command);
  await expectEnd(command, 'SIGINT', 0);
});

const issue = (...words: string[]): AtTerminal =>
  inHouse(join(root, 'dist/apps/demo/src/issue.js'), '--citizen', 'hitori-gurashi', ...words, '--json');

/** Of the branch that a command has in its temporary folder. */
function written(prefix: string, file: string): string {
  const folder = readdirSync(temporary).find((name) => name.startsWith(prefix));
  const path = join(temporary, folder ?? '', file);
  return folder !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : '';
}

it('npm run issue that is still opening: one object all the same', story, async () => {
  const command = issue();
  await expect.poll(() => written('madoguchi-issue-', 'jpki-sim.json'), patience).not.toBe('');
  await expectEnd(command, 'SIGINT', 130);
  const nothing = { code: 'interrupted', sentence: '手続きの途中で止められました。手数料はいただいていません。' };
  expect(JSON.parse(command.stdout)).toMatchObject({ outcome: 'unknown', chargeState: 'none', reason: nothing });
});

it('npm run issue when the fee is taken and the paper is not there: one object that says so', story, async () => {
  const command = issue('--fault', 'printer-out-of-paper');
  await expect.poll(() => written('madoguchi-issue-', 'bank-books.json'), patience).toContain('"purchase"');
  await expectEnd(command, 'SIGINT', 130);
  const printed: unknown = JSON.parse(command.stdout);
  expect(printed).toMatchObject({ outcome: 'unknown', chargeState: 'posted', feeYen: 300, reason: { code: 'interrupted' } });
  expect(printed).toMatchObject({
    reason: { sentence: expect.stringMatching(/300円のお支払いは確認中です。控えの番号は\d{3}-\d{3}-\d{4}です。$/) },
  });
});

it('npm run bench', story, async () => {
  const command = inHouse(join(root, 'dist/test/bench/main.js'), '--visits', '50');
  await expect.poll(() => written('madoguchi-bench-', 'bank-books.json'), patience).toContain('"purchase"');
  await expectEnd(command, 'SIGINT', 130);
  expect(command.said).toBe('');
});
