// Puts an emulated card where any program of this machine finds it: into a slot of the
// machine's own pcscd (vpcd on its ports 35963 and 35964). For `npm run card -- insert`.
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { readerNames } from './pcsc/daemon.js';
import type { PcscdFault } from './pcsc/daemon.js';
import { useMachinePcscd } from './pcsc/machine.js';
import { isTaken } from './pcsc/taken.js';
import type { VirtualCard } from './virtual-card.js';
import { createVirtualSlot } from './virtual-slot.js';
import type { SlotFault } from './virtual-slot.js';

export type InsertedCard = {
  /** What PC/SC programs call the reader, e.g. `Virtual PCD 00 00`. */
  readonly readerName: string;
  /** Takes the card out, and stops the pcscd that had to be started for it. */
  remove(): Promise<void>;
};

/** The card stays in, also over a restart of pcscd, until `remove`. */
export async function insertCard(options: {
  readonly card: VirtualCard;
  readonly slot: 1 | 2;
  readonly clock: Clock;
}): Promise<Result<InsertedCard, PcscdFault | SlotFault>> {
  const machine = await useMachinePcscd(options.clock);
  if (!machine.ok) return machine;
  const index = options.slot === 1 ? 0 : 1;
  if (await isTaken(machine.value.slots[index])) return err({ code: 'slot-occupied', detail: readerNames[index] });
  const slot = createVirtualSlot({ endpoint: machine.value.slots[index], clock: options.clock });
  const inserted = await slot.insert(options.card);
  if (!inserted.ok) {
    await machine.value.stop();
    return err(inserted.error);
  }
  const remove = async (): Promise<void> => {
    await slot.remove();
    await machine.value.stop();
  };
  return ok({ readerName: readerNames[index], remove });
}
