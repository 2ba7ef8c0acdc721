// `npm run card -- insert` in two terminals: a slot that is taken is said to be, and when the
// command that started pcscd goes, the other one says so and ends instead of running on.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { canConnect } from '#devices/emulated/pcsc/daemon.js';
import { lockMachinePcscd, machineSocketPath } from '#devices/emulated/pcsc/machine.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { root } from '../setup/command.js';

type Command = { readonly child: ChildProcess; said: string; readonly ended: Promise<number | null> };
const commands: Command[] = [];

function insert(citizen: string, slot: '1' | '2'): Command {
  const args = [join(root, 'dist/apps/demo/src/card.js'), 'insert', '--citizen', citizen, '--slot', slot];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const command: Command = { child, said: '', ended };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (command.said += chunk.toString('utf8')));
  commands.push(command);
  return command;
}

afterEach(async () => {
  for (const { child } of commands) child.kill('SIGTERM');
  await Promise.all(commands.map(({ ended }) => ended));
});

it('says that a slot is taken, and that its pcscd is gone', async () => {
  const lock = await lockMachinePcscd(clock);
  if (!lock.ok) throw new Error(lock.error.detail);
  const isMachines = await canConnect(machineSocketPath);
  const first = insert('hitori-gurashi', '1');
  await expect.poll(() => first.said, { timeout: 30_000 }).toContain('is in slot 1 (Virtual PCD 00 00), PIN');
  const second = insert('yonin-kazoku', '2');
  await expect.poll(() => second.said, { timeout: 30_000 }).toContain('is in slot 2 (Virtual PCD 00 01), PIN');

  const third = insert('yonin-kazoku', '1');
  expect(await third.ended).toBe(69);
  expect(third.said).toBe('slot 1 (Virtual PCD 00 00) is taken: another card is in it. Take that one out first, or use --slot 2.\n');

  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  // One that the machine runs stays, and the second card with it.
  if (isMachines) second.child.kill('SIGINT');
  expect(await second.ended).toBe(isMachines ? 0 : 69);
  expect(second.said.includes('The pcscd of slot 2 (Virtual PCD 00 01) has ended')).toBe(!isMachines);
  expect(await canConnect(machineSocketPath)).toBe(isMachines);
  await lock.value.unlock();
}, 120_000);
