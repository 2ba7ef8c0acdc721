import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fixtureCard } from '#devices/emulated/id-card/fixture.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { ok } from '#libs/std/result.js';
import { connectTo, openCardBranch, untilPresence } from './branch.js';
import type { CardBranch } from './branch.js';
import { logIn } from './login.js';
import { useSilentDriver } from './silent-driver.js';

let branch: CardBranch;
beforeAll(async () => {
  branch = await openCardBranch();
}, 20_000);
afterAll(() => branch.close());
beforeEach(async () => {
  await branch.slots[0].remove();
  // "Present" must be the word about the new card; why it may not come during a command stands in branch.ts.
  await untilPresence(branch.readers[0], 'absent');
  await branch.slots[0].insert(fixtureCard());
  await untilPresence(branch.readers[0], 'present');
});

async function untilSaid(output: Readable, word: string): Promise<void> {
  let said = '';
  for await (const chunk of output) {
    said += String(chunk);
    if (said.includes(`\n${word}`) || said.startsWith(word)) return;
  }
  throw new Error(`ended without ${word}: ${said}`);
}

async function expectLogin(): Promise<void> {
  await untilPresence(branch.readers[0], 'present');
  const connection = await connectTo(branch.readers[0]);
  expect((await logIn(connection, Buffer.from('1234'))).ok).toBe(true);
  await connection.disconnect('reset');
}

it('finds its readers again after pcscd crashed with a card connected', async () => {
  const connection = await connectTo(branch.readers[0]);
  await branch.pcscd.kill();
  const answer = await connection.transmit(Buffer.from('0084000008', 'hex'));
  expect(answer).toMatchObject({ ok: false });
  await untilPresence(branch.readers[0], 'reader-gone');
  await connection.disconnect('reset');
  await untilPresence(branch.readers[1], 'reader-gone');
  expect(await branch.readers[0].connect()).toMatchObject({ error: { code: 'pcsc-unavailable' } });
  await clock.sleep(1_200);
  expect(await branch.pcscd.restart()).toEqual(ok(undefined));
  await expectLogin();
  await untilPresence(branch.readers[1], 'absent');
}, 30_000);

it('outlives ten crashes in a row, idle and in the middle of commands', async () => {
  for (let round = 0; round < 10; round++) {
    const connection = round % 2 === 0 ? await connectTo(branch.readers[0]) : null;
    const login = connection === null ? null : logIn(connection, Buffer.from('1234'));
    if (round % 4 === 0) await clock.sleep(3);
    await branch.pcscd.kill();
    await login;
    await connection?.disconnect('reset');
    await untilPresence(branch.readers[0], 'reader-gone');
    expect(await branch.pcscd.restart()).toEqual(ok(undefined));
    await untilPresence(branch.readers[0], 'present');
  }
  await expectLogin();
}, 60_000);

it('finds a reader again that fell silent while pcscd ran on', async () => {
  const cable = await useSilentDriver(branch.pcscd);
  for (const connected of [false, true]) {
    await untilPresence(branch.readers[0], 'present');
    const connection = connected ? await connectTo(branch.readers[0]) : null;
    await cable.unplug();
    await untilPresence(branch.readers[0], 'reader-gone');
    await untilPresence(branch.readers[1], 'reader-gone');
    const answer = await connection?.transmit(Buffer.from('0084000008', 'hex'));
    expect(answer?.ok ?? false).toBe(false);
    await connection?.disconnect('reset');
    expect(await branch.readers[0].connect()).toMatchObject({ error: { code: 'reader-gone' } });
    await cable.plug();
    await expectLogin();
    await untilPresence(branch.readers[1], 'absent');
  }
}, 60_000);

it('shares with nobody: neither takes a card that another program holds, nor lends its own', async () => {
  const explorer = spawn('opensc-explorer', ['--reader', '0', '--mf', ''], { stdio: ['pipe', 'pipe', 'ignore'] });
  explorer.stdin.write('random 8\necho holding\n');
  await untilSaid(explorer.stdout, 'holding');
  expect(await branch.readers[0].connect()).toMatchObject({ error: { code: 'sharing-violation' } });
  explorer.stdin.end('quit\n');
  await new Promise((resolve) => explorer.once('exit', resolve));
  const connection = await connectTo(branch.readers[0]);
  const foreign = spawn('opensc-tool', ['--reader', '0', '--send-apdu', '0084000008'], { stdio: 'ignore' });
  expect(await new Promise((resolve) => foreign.once('exit', resolve))).not.toBe(0);
  await connection.disconnect('reset');
  await expectLogin();
}, 20_000);
