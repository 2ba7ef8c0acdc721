// `npm run card -- insert` in two terminals: a slot that is taken is said to be, and when the
// command that started pcscd goes, the other one says so and ends instead of running on.
import { afterEach, expect, it } from 'vitest';
import { canConnect } from '#devices/emulated/pcsc/daemon.js';
import { machineSocketPath } from '#devices/emulated/pcsc/machine.js';
import { commandLine, startCommand, type InsertCommand } from './insert-command.js';
import { findLockOwner, refuseOthersCards, storyTimeoutMs, takeMachinePcscd } from './machine.js';

const commands: InsertCommand[] = [];

function insert(citizen: string, slot: '1' | '2'): InsertCommand {
  const command = startCommand(commandLine(citizen, slot));
  commands.push(command);
  return command;
}

afterEach(async () => {
  for (const { child } of commands) child.kill('SIGTERM');
  await Promise.all(commands.map(({ ended }) => ended));
});

it(
  'says that a slot is taken, and that its pcscd is gone',
  async () => {
    const lock = await takeMachinePcscd();
    expect(findLockOwner()).toContain(`process ${process.pid} (`);
    const isMachines = await canConnect(machineSocketPath);
    const first = insert('hitori-gurashi', '1');
    await expect.poll(() => first.said, { timeout: 30_000 }).toContain('is in slot 1 (Virtual PCD 00 00), PIN');
    const second = insert('yonin-kazoku', '2');
    await expect.poll(() => second.said, { timeout: 30_000 }).toContain('is in slot 2 (Virtual PCD 00 01), PIN');

    const third = insert('yonin-kazoku', '1');
    expect(await third.ended).toBe(69);
    const holder = `process ${first.child.pid} (${commandLine('hitori-gurashi', '1').join(' ')})`;
    const taken = `slot 1 (Virtual PCD 00 00) is taken: another card is in it, put in by ${holder}. Take that one out first, or use --slot 2.`;
    expect(third.said).toBe(`${taken}\n`);
    // What a story of this folder says when somebody has left a card in.
    await expect(refuseOthersCards()).rejects.toThrow(`this story needs both slots of the machine: ${taken} slot 2`);

    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    // One that the machine runs stays, and the second card with it.
    if (isMachines) second.child.kill('SIGINT');
    expect(await second.ended).toBe(isMachines ? 0 : 69);
    expect(second.said.includes('The pcscd of slot 2 (Virtual PCD 00 01) has ended')).toBe(!isMachines);
    expect(await canConnect(machineSocketPath)).toBe(isMachines);
    await lock.unlock();
  },
  storyTimeoutMs,
);
