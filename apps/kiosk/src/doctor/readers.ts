// PC/SC: is the daemon there, are both readers, and is nothing in their slots?
import { createPcscReaders, findReaderNames } from '#devices/card-reader/pcsc-reader.js';
import type { CardPresence } from '#devices/card-reader/port.js';
import { checkListener } from '#devices/doctor/probes.js';
import { findVariable } from '#devices/doctor/process.js';
import { faulty, fine, note, type Finding } from '#devices/doctor/finding.js';
import type { Check, Examined } from '#devices/doctor/run-doctor.js';
import { silentLog } from '#libs/std/log.js';
import type { KioskConfiguration } from '../configuration.js';
import { limits } from './limits.js';

const about = 'card readers';
type Examining = Examined<KioskConfiguration>;

export const readersCheck: Check<KioskConfiguration> = { about, look: lookAtReaders };

async function lookAtReaders(examined: Examining): Promise<readonly Finding[]> {
  const { cardReader } = examined.configuration;
  if (cardReader.kind === 'direct') return lookAtDirect(examined, [cardReader.idCardPort, cardReader.cashCardPort]);
  usePcscdOfTheKiosk(examined);
  const found = await findReaderNames(examined.clock, limits.readersSettleMs);
  if (found === null) {
    return [
      faulty(about, {
        what: 'no PC/SC service answers, or the pcsclite package was not built',
        expected: 'pcscd at /run/pcscd/pcscd.comm',
        todo: examined.configuration.demo
          ? 'start the branch, which brings a pcscd of its own'
          : 'apt-get install pcscd libccid libpcsclite-dev, systemctl enable --now pcscd.socket, and run npm ci again',
      }),
    ];
  }
  const wanted = [
    { key: 'cardReader.idCardReader', name: cardReader.idCardReader },
    { key: 'cardReader.cashCardReader', name: cardReader.cashCardReader },
  ];
  const absent = wanted.filter(({ name }) => !found.includes(name)).map((reader) => absentReader(reader, found));
  const there = wanted.filter(({ name }) => found.includes(name)).map(({ name }) => name);
  return [...absent, ...(await lookIntoSlots(there, examined))];
}

/** A demo's kiosk was told of a pcscd that nobody else has; libpcsclite reads where it listens (pcscd(8)). */
function usePcscdOfTheKiosk({ file, isRunning }: Examining): void {
  const name = 'PCSCLITE_CSOCK_NAME';
  const socket = isRunning && process.env[name] === undefined ? findVariable(name, { part: 'kiosk', file }) : null;
  if (socket !== null) process.env[name] = socket;
}

function absentReader({ key, name }: { key: string; name: string }, found: readonly string[]): Finding {
  const seen = found.length === 0 ? 'none' : found.map((one) => `"${one}"`).join(', ');
  const todo = `plug it in, or write the name as PC/SC has it into ${key}`;
  return faulty(about, { what: `PC/SC has no reader "${name}"; it has ${seen}`, expected: `the reader of ${key}`, todo });
}

async function lookIntoSlots(names: readonly string[], { clock, isRunning }: Examining): Promise<readonly Finding[]> {
  const { readers, close } = createPcscReaders({ readerNames: names, clock, log: silentLog });
  const deadlineMs = clock.monotonicMs() + limits.readersSettleMs;
  while (readers.some((reader) => reader.presence() === 'reader-gone') && clock.monotonicMs() < deadlineMs)
    await clock.sleep(limits.readersPollMs);
  const seen = names.map((name, index) => ({ name, presence: readers[index]?.presence() ?? 'reader-gone' }));
  await close();
  return seen.map((slot) => ofSlot(slot, isRunning));
}

function ofSlot({ name, presence }: { name: string; presence: CardPresence }, isRunning: boolean): Finding {
  switch (presence) {
    case 'absent':
      return fine(about, `"${name}" is there, its slot is free`);
    case 'present':
      if (isRunning) return note(about, `"${name}" holds a card; the kiosk is running, so it may be a citizen's`);
      return faulty(about, { what: `a card is in "${name}"`, expected: 'an empty slot', todo: 'take it out, and see whose it is' });
    case 'reader-gone':
      return faulty(about, { what: `"${name}" tells no status`, expected: 'absent or present', todo: 'unplug it and plug it in again' });
  }
}

/** The virtual slots of a demo without PC/SC: ports that the kiosk itself listens on. */
async function lookAtDirect({ isRunning }: Examining, ports: readonly number[]): Promise<readonly Finding[]> {
  const looked = await Promise.all(ports.map((port) => checkListener({ about, at: { host: '127.0.0.1', port }, isRunning })));
  return [note(about, 'no PC/SC: virtual slots inside the kiosk process'), ...looked.flat()];
}
