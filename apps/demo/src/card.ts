// `npm run --silent card -- insert --citizen ID [--slot 1|2]`: puts the emulated card of a
// citizen into a slot of this machine's own pcscd, for any other card software to try.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { VirtualCard } from '#devices/emulated/virtual-card.js';
import { createVirtualSlot } from '#devices/emulated/virtual-slot.js';
import { refuseArgumentFault } from '#libs/contract/part.js';
import { exitUsage } from '#libs/std/arguments.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import type { Citizen } from '../world/citizen-schema.js';
import { findCitizen } from '../world/citizens.js';
import { CardDesk } from './card-desk.js';
import { Interrupted, leaveOnSignal } from './leaving.js';
import { findTaken, openMachinePcscd, placeOf, SlotRefused, type SlotNumber } from './machine-slot.js';
import { startPart } from './part-process.js';

const usage = 'usage: npm run --silent card -- insert --citizen ID [--slot 1|2]';
/** sysexits(3) EX_UNAVAILABLE. */
const exitUnavailable = 69;

class Usage extends Error {
  override readonly name = 'Usage';
}

type Wish = { readonly citizen: Citizen; readonly slot: SlotNumber };

function readWish(): Wish {
  const options = { citizen: { type: 'string', default: '' }, slot: { type: 'string', default: '1' } } as const;
  refuseArgumentFault({ args: process.argv.slice(2), options, words: 1 });
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  if (positionals.join(' ') !== 'insert' || !/^[12]$/.test(values.slot)) throw new Usage(usage);
  const citizen = findCitizen(values.citizen);
  if (citizen === null) throw new Usage(`--citizen ${values.citizen}: nobody of that id; npm run --silent issue -- --list --json`);
  return { citizen, slot: values.slot === '1' ? 1 : 2 };
}

/** Resolves when the card was in and is out again. Whatever happens, nothing that it started goes on. */
async function insert({ citizen, slot }: Wish, leaving: AbortSignal): Promise<void> {
  const pcscd = await openMachinePcscd(systemClock);
  const endpoint = pcscd.slots[slot === 1 ? 0 : 1];
  const place = placeOf(slot);
  const virtual = createVirtualSlot({ endpoint, clock: systemClock });
  try {
    const taken = await findTaken(slot, endpoint);
    if (taken !== null) throw new SlotRefused(taken);
    leaving.throwIfAborted();
    const card = await makeCard(citizen, slot);
    leaving.throwIfAborted();
    leaving.addEventListener('abort', () => void virtual.remove(), { once: true });
    const inserted = await virtual.insert(card);
    leaving.throwIfAborted();
    if (!inserted.ok) throw new SlotRefused((await findTaken(slot, endpoint)) ?? `${inserted.error.code}: ${inserted.error.detail}`);
    process.stdout.write(`${citizen.id} is in ${place}, PIN ${pinOf(citizen, slot)}\n`);
    if (await pcscd.untilGone(leaving)) {
      throw new SlotRefused(`The pcscd of ${place} has ended, with the command that had started it; the card is out.`);
    }
  } finally {
    await virtual.remove();
    await pcscd.stop();
  }
}

/** The card's certificates come from a JPKI of its own, which ends when they are made. */
async function makeCard(citizen: Citizen, slot: SlotNumber): Promise<VirtualCard> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-card-'));
  try {
    const listen = { host: '127.0.0.1', port: 0 };
    const jpki = await startPart({ name: 'jpki-sim', configuration: { demo: true, listen, management: listen }, folder });
    const desk = new CardDesk({
      jpkiManagement: jpki.ready[1] ?? '',
      bankManagement: null,
      municipalities: new Map(),
      clock: systemClock,
      random: systemRandom,
    });
    try {
      return await (slot === 1 ? desk.idCard(citizen) : desk.cashCard(citizen));
    } finally {
      await jpki.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pinOf(citizen: Citizen, slot: SlotNumber): string {
  return slot === 1 ? citizen.pin : citizen.bankAccount.pin;
}

function exitCodeOf(cause: unknown): number {
  return cause instanceof Usage ? exitUsage : exitUnavailable;
}

const leaving = leaveOnSignal();
try {
  await insert(readWish(), leaving);
  process.exit(0);
} catch (cause) {
  if (cause instanceof Interrupted) process.exit(cause.exitCode);
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(exitCodeOf(cause));
}
