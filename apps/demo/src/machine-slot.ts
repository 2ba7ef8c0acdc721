// A slot of this machine's own pcscd for `card insert`, or at once the sentence that says who
// or what stands in the way.
import { canConnect, readerNames } from '#devices/emulated/pcsc/daemon.js';
import type { SlotEndpoint } from '#devices/emulated/pcsc/line.js';
import { machineSocketPath, useMachinePcscd, type MachinePcscd } from '#devices/emulated/pcsc/machine.js';
import { isTaken } from '#devices/emulated/pcsc/taken.js';
import type { Clock } from '#libs/std/clock.js';
import { limits } from './limits.js';
import { describeProcess, findSlotHolder, isListening, parentOf } from './slot-holder.js';

export type SlotNumber = 1 | 2;

export class SlotRefused extends Error {
  override readonly name = 'SlotRefused';
}

/** Joins the one that runs or starts one; `stop` ends only that. Rejects with `SlotRefused`. */
export async function openMachinePcscd(clock: Clock): Promise<MachinePcscd> {
  const deadlineMs = clock.monotonicMs() + limits.readersPatienceMs;
  for (;;) {
    const wasRunning = await canConnect(machineSocketPath);
    const machine = await useMachinePcscd(clock);
    if (!machine.ok) throw new SlotRefused(`no pcscd with virtual slots: ${machine.error.code} (${machine.error.detail})`);
    const [endpoint] = machine.value.slots;
    if (!wasRunning || canReach(endpoint)) return machine.value;
    // One that systemd has only just started has its readers in a moment.
    if (clock.monotonicMs() > deadlineMs) throw new SlotRefused(whyUnreachable(endpoint));
    await clock.sleep(limits.readersPollMs);
  }
}

export function placeOf(slot: SlotNumber): string {
  return `slot ${slot} (${readerNames[slot === 1 ? 0 : 1]})`;
}

/** Null: the slot is free. */
export async function findTaken(slot: SlotNumber, endpoint: SlotEndpoint): Promise<string | null> {
  if (!(await isTaken(endpoint))) return null;
  const holder = findSlotHolder(endpoint);
  const by = holder === null ? '' : `, put in by ${holder}`;
  return `${placeOf(slot)} is taken: another card is in it${by}. Take that one out first, or use --slot ${slot === 1 ? 2 : 1}.`;
}

/** Another process's network is entered by root alone. */
function canReach(endpoint: SlotEndpoint): boolean {
  return endpoint.kind === 'connect' || (process.getuid?.() === 0 && isListening(endpoint));
}

function whyUnreachable(endpoint: SlotEndpoint): string {
  const pid = endpoint.kind === 'namespace' ? endpoint.ofProcess() : null;
  const daemon = (pid === null ? null : describeProcess(pid)) ?? 'a process that does not say its number';
  const starter = pid === null ? null : parentOf(pid);
  const by = starter === null ? '' : `, started by ${describeProcess(starter) ?? 'a process that is gone'}`;
  const why =
    process.getuid?.() === 0
      ? 'it has no virtual readers (the package vsmartcard-vpcd and its reader.conf.d/vpcd)'
      : 'its virtual readers are not on this network; root may reach them';
  return `The pcscd of this machine is ${daemon}${by}: ${why}.`;
}
