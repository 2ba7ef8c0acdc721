// `npm run --silent card -- insert --citizen ID [--slot 1|2]`: puts the emulated card of a
// citizen into a slot of this machine's own pcscd, for any other card software to try.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { VirtualCard } from '#devices/emulated/virtual-card.js';
import { createVirtualSlot } from '#devices/emulated/virtual-slot.js';
import { useMachinePcscd } from '#devices/emulated/pcsc/machine.js';
import { readerNames } from '#devices/emulated/pcsc/daemon.js';
import { isTaken } from '#devices/emulated/pcsc/taken.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import type { Citizen } from '../world/citizen-schema.js';
import { findCitizen } from '../world/citizens.js';
import { CardDesk } from './card-desk.js';
import { startPart } from './part-process.js';

const usage = 'usage: npm run --silent card -- insert --citizen ID [--slot 1|2]';

class Usage extends Error {
  override readonly name = 'Usage';
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { citizen: { type: 'string', default: '' }, slot: { type: 'string', default: '1' } },
  });
  if (positionals.join(' ') !== 'insert' || !/^[12]$/.test(values.slot)) throw new Usage(usage);
  const citizen = findCitizen(values.citizen);
  if (citizen === null) throw new Usage(`--citizen ${values.citizen}: nobody of that id; npm run --silent issue -- --list --json`);
  const pcscd = await useMachinePcscd(systemClock);
  if (!pcscd.ok) throw new Error(`no pcscd with virtual slots: ${pcscd.error.code} (${pcscd.error.detail})`);
  const isIdCard = values.slot === '1';
  const endpoint = pcscd.value.slots[isIdCard ? 0 : 1];
  const place = `slot ${values.slot} (${readerNames[isIdCard ? 0 : 1]})`;
  const taken = `${place} is taken: another card is in it. Take that one out first, or use --slot ${isIdCard ? '2' : '1'}.`;
  if (await isTaken(endpoint)) throw new Error(taken);
  const card = await makeCard(citizen, isIdCard);
  const slot = createVirtualSlot({ endpoint, clock: systemClock });
  const inserted = await slot.insert(card);
  if (!inserted.ok) throw new Error((await isTaken(endpoint)) ? taken : `${inserted.error.code}: ${inserted.error.detail}`);
  process.stdout.write(`${citizen.id} is in ${place}, PIN ${pinOf(citizen, isIdCard)}\n`);
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  const isGone = await pcscd.value.untilGone(leaving.signal);
  await slot.remove();
  await pcscd.value.stop();
  if (isGone) throw new Error(`The pcscd of ${place} has ended, with the command that had started it; the card is out.`);
  process.exit(0);
}

/** The card's certificates come from a JPKI of its own, which ends when they are made. */
async function makeCard(citizen: Citizen, isIdCard: boolean): Promise<VirtualCard> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-card-'));
  const listen = { host: '127.0.0.1', port: 0 };
  const jpki = await startPart({ name: 'jpki-sim', configuration: { demo: true, listen, management: listen }, folder });
  const desk = new CardDesk({
    jpkiManagement: jpki.ready[1] ?? '',
    bankManagement: null,
    municipalities: new Map(),
    clock: systemClock,
    random: systemRandom,
  });
  const card = isIdCard ? await desk.idCard(citizen) : await desk.cashCard(citizen);
  await jpki.stop();
  rmSync(folder, { recursive: true, force: true });
  return card;
}

function pinOf(citizen: Citizen, isIdCard: boolean): string {
  return isIdCard ? citizen.pin : citizen.bankAccount.pin;
}

try {
  await main();
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(cause instanceof Usage || cause instanceof TypeError ? 64 : 69);
}
