// The machine's own pcscd, for the stories that need it: one at a time, and never with a card
// of somebody else in it. Who is in the way is said at once, not after a time-out.
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canConnect } from '#devices/emulated/pcsc/daemon.js';
import { lockMachinePcscd, machineSocketPath } from '#devices/emulated/pcsc/machine.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { findTaken, openMachinePcscd } from '../../apps/demo/src/machine-slot.js';
import { describeProcess } from '../../apps/demo/src/slot-holder.js';

/** The lock is waited for up to two minutes, and then the story takes its own time. */
export const storyTimeoutMs = 240_000;

export async function takeMachinePcscd(): Promise<{ unlock(): Promise<void> }> {
  const owner = findLockOwner();
  if (owner !== null) process.stderr.write(`Waiting for the pcscd of this machine, which ${owner} has locked.\n`);
  const lock = await lockMachinePcscd(clock);
  if (!lock.ok) throw new Error(`${lock.error.detail}: ${findLockOwner() ?? 'nobody any more'}`);
  try {
    await refuseOthersCards();
  } catch (cause) {
    await lock.value.unlock();
    throw cause;
  }
  return lock.value;
}

/** Rejects with the words of the command itself. */
export async function refuseOthersCards(): Promise<void> {
  if (!(await canConnect(machineSocketPath))) return;
  const { slots } = await openMachinePcscd(clock);
  const taken = [await findTaken(1, slots[0]), await findTaken(2, slots[1])].filter((sentence) => sentence !== null);
  if (taken.length > 0) throw new Error(`this story needs both slots of the machine: ${taken.join(' ')}`);
}

/** As `devices/emulated/pcsc/machine.ts` writes it; null: nobody who lives. */
export function findLockOwner(): string | null {
  try {
    return describeProcess(Number(readFileSync(join(tmpdir(), 'madoguchi-pcscd.lock'), 'utf8')));
  } catch {
    return null;
  }
}
