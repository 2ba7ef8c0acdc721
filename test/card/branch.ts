// What every card story needs: a private pcscd, its two slots, and our reader on top.
// PCSCLITE_CSOCK_NAME is read once in a process, so there is one of these in a test file.
import type { CardConnection, CardPresence, CardReader } from '#devices/card-reader/port.js';
import { createPcscReaders } from '#devices/card-reader/pcsc-reader.js';
import { startPrivatePcscd } from '#devices/emulated/pcscd.js';
import type { PrivatePcscdRun } from '#devices/emulated/pcscd.js';
import { createVirtualSlot } from '#devices/emulated/virtual-slot.js';
import type { VirtualSlot } from '#devices/emulated/virtual-slot.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';

export type CardBranch = {
  readonly pcscd: PrivatePcscdRun;
  readonly slots: readonly [VirtualSlot, VirtualSlot];
  readonly readers: readonly [CardReader, CardReader];
  close(): Promise<void>;
};

export async function openCardBranch(): Promise<CardBranch> {
  const pcscd = await startPrivatePcscd({ clock });
  if (!pcscd.ok) throw new Error(`${pcscd.error.code}: ${pcscd.error.detail}`);
  Object.assign(process.env, pcscd.value.env);
  const [first, second] = pcscd.value.slots.map((endpoint) => createVirtualSlot({ endpoint, clock }));
  const pcsc = createPcscReaders({ readerNames: pcscd.value.readerNames, clock, log: silentLog });
  const [one, two] = pcsc.readers;
  if (first === undefined || second === undefined || one === undefined || two === undefined) throw new Error('two slots, two readers');
  const close = async (): Promise<void> => {
    await pcsc.close();
    await Promise.all([first.remove(), second.remove()]);
    await pcscd.value.stop();
  };
  // Both empty slots are known before a card goes in: a reader that is found with a card in it may tell of it twice, and
  // pcsclite takes such a word under the lock that a command holds, on the thread on which our own card answers. Where the
  // second word comes while a command runs, both wait for ever.
  await Promise.all([untilPresence(one, 'absent'), untilPresence(two, 'absent')]);
  return { pcscd: pcscd.value, slots: [first, second], readers: [one, two], close };
}

export async function untilPresence(reader: CardReader, wanted: CardPresence): Promise<void> {
  const met = new AbortController();
  const stop = reader.onPresence((presence) => {
    if (presence === wanted) met.abort();
  });
  await clock.sleep(10_000, met.signal);
  stop();
  if (!met.signal.aborted) throw new Error(`reader never became ${wanted}: ${reader.presence()}`);
}

export async function connectTo(reader: CardReader): Promise<CardConnection> {
  const connection = await reader.connect();
  if (!connection.ok) throw new Error(`${connection.error.code}: ${connection.error.detail}`);
  return connection.value;
}
