// A whole branch with everything behind it, every part a process of its own: what `npm
// start`, `npm run issue` and the tests of the whole run. Keys are fresh, addresses are
// loopback, nothing is left behind but the folder.
import { join } from 'node:path';
import { startPcscd } from '#devices/emulated/pcscd.js';
import type { SlotEndpoint } from '#devices/emulated/pcsc/line.js';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { municipalities } from '../world/registers.js';
import { Bench } from './bench.js';
import { CardDesk } from './card-desk.js';
import type { BranchOptions } from './branch-options.js';
import { configurationsOf, type Addresses, type BranchKeys } from './configurations.js';
import { freePorts, newKey } from './keys.js';
import { limits } from './limits.js';
import { readTrustAnchors } from './management.js';
import { startPart, type PartOptions, type PartProcess } from './part-process.js';

/** What really ran, for every output that speaks of an issuance. */
export type BranchParts = { readonly card: string; readonly database: string; readonly queue: string; readonly printer: string };

type Readers = {
  readonly kind: 'pcsc' | 'direct';
  readonly env: Readonly<Record<string, string>>;
  readonly slots: readonly [SlotEndpoint, SlotEndpoint];
  readonly names: readonly [string, string];
  readonly said: string;
};

export type Branch = {
  readonly kioskUrl: string;
  readonly bench: Bench;
  readonly addresses: Addresses;
  readonly parts: BranchParts;
  readonly processes: ReadonlyMap<string, PartProcess>;
  /** A part that was stopped or killed, once more: same configuration, same addresses, its own data. */
  restart(name: string): Promise<void>;
  stop(): Promise<void>;
};

export async function startBranch(options: BranchOptions): Promise<Branch> {
  const started: (() => Promise<void>)[] = [];
  try {
    return await assemble(options, started);
  } catch (cause) {
    await stopAll(started);
    throw cause;
  }
}

async function assemble(options: BranchOptions, started: (() => Promise<void>)[]): Promise<Branch> {
  const { run, restart, processes } = runnerOf(options, started);
  const bdk = systemRandom.bytes(16);
  const [jpkiPorts, bankPorts] = await twoPorts();
  // What it knows outlives its process, as a bank's books do.
  const stateFile = join(options.folder, 'bank-books.json');
  const [readers, jpki, bank, keys] = await allOf([
    openReaders(options.cardReader ?? 'pcsc', started),
    run({ name: 'jpki-sim', configuration: { demo: true, ...jpkiPorts } }),
    run({ name: 'bank-sim', configuration: { demo: true, ...bankPorts, bdk: bdk.toString('hex').toUpperCase(), stateFile } }),
    makeKeys(),
  ]);
  options.leaving?.throwIfAborted();
  const msPerPage = options.msPerPage ?? limits.msPerPage;
  const bench = await Bench.start({
    folder: options.folder,
    slots: readers.slots,
    bdk,
    msPerPage,
    clock: systemClock,
    random: systemRandom,
  });
  started.push(() => bench.close());
  const addresses = await addressesOf({ jpki, bank, bench, kioskPort: options.kioskPort ?? 0 });
  const anchors = await readTrustAnchors(addresses.jpkiManagement);
  const configurations = await configurationsOf({ options, keys, addresses, readers, anchor: anchors.authenticationCa });
  await allOf(configurations.servers.map(run));
  await run({ ...configurations.kiosk, env: { ...readers.env, ...options.kioskEnv } });
  bench.desk = deskOf(addresses);
  const parts = saidOf(options, { card: readers.said, printer: bench.printer.uri });
  return { kioskUrl: addresses.kiosk, bench, addresses, parts, processes, restart, stop: () => stopAll(started) };
}

/** Like Promise.all, but a failure is not told before the others have come to their end: what they started is known by then. */
async function allOf<T extends readonly Promise<unknown>[]>(
  promises: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

type Runner = Pick<Branch, 'processes' | 'restart'> & { run(part: Omit<PartOptions, 'folder'>): Promise<PartProcess> };

function runnerOf({ folder, leaving }: BranchOptions, started: (() => Promise<void>)[]): Runner {
  const processes = new Map<string, PartProcess>();
  const parts = new Map<string, PartOptions>();
  const run = async (part: Omit<PartOptions, 'folder'>): Promise<PartProcess> => {
    leaving?.throwIfAborted();
    const options = { ...part, folder };
    const running = await startPart(options);
    parts.set(running.name, options);
    processes.set(running.name, running);
    started.push(async () => processes.get(running.name)?.stop());
    return running;
  };
  const restart = async (name: string): Promise<void> => {
    const options = parts.get(name);
    assert(options !== undefined, `${name} is a part of this branch`);
    await processes.get(name)?.stop();
    processes.set(name, await startPart(options));
  };
  return { processes, run, restart };
}

type Ports = { readonly listen: { host: string; port: number }; readonly management: { host: string; port: number } };

/** For the two simulators that say their addresses themselves; fixed, so that they can be started again. */
async function twoPorts(): Promise<[Ports, Ports]> {
  const [one = 0, two = 0, three = 0, four = 0] = await freePorts(4);
  const at = (port: number): { host: string; port: number } => ({ host: '127.0.0.1', port });
  return [
    { listen: at(one), management: at(two) },
    { listen: at(three), management: at(four) },
  ];
}

function deskOf({ jpkiManagement, bankManagement, municipalityManagement }: Addresses): CardDesk {
  const desk = { jpkiManagement, bankManagement, municipalities: municipalityManagement };
  return new CardDesk({ ...desk, clock: systemClock, random: systemRandom });
}

function saidOf(options: BranchOptions, { card, printer }: { card: string; printer: string }): BranchParts {
  return {
    card,
    database: options.postgresUrl === undefined ? 'sqlite' : 'sqlite (kiosk), postgresql (servers)',
    queue: options.redisUrl === undefined ? 'timer' : 'bull on redis',
    printer: `emulated: ${printer}`,
  };
}

/** The kiosk before the servers, the servers before the devices. */
async function stopAll(started: (() => Promise<void>)[]): Promise<void> {
  for (const stop of started.toReversed()) await stop().catch(() => undefined);
  started.length = 0;
}

async function openReaders(wanted: 'pcsc' | 'direct', started: (() => Promise<void>)[]): Promise<Readers> {
  const pcscd = wanted === 'pcsc' ? await startPcscd({ clock: systemClock }) : null;
  if (pcscd?.ok === true) {
    const { env, slots, readerNames, arrangement, stop } = pcscd.value;
    started.push(stop);
    return { kind: 'pcsc', env, slots, names: readerNames, said: `pcscd and vpcd (${arrangement})` };
  }
  const why = pcscd === null ? 'asked for' : pcscd.error.code;
  const [one = 0, two = 0] = await freePorts(2);
  const slots = [
    { kind: 'connect', port: one },
    { kind: 'connect', port: two },
  ] as const;
  return { kind: 'direct', env: {}, slots, names: ['', ''], said: `in process, without pcscd (${why})` };
}

async function makeKeys(): Promise<BranchKeys> {
  const [kiosk, center, ...rest] = await Promise.all([newKey(), newKey(), ...municipalities.map(() => newKey())]);
  const byCode = new Map(
    municipalities.flatMap(({ register }, index) => {
      const key = rest[index];
      return key === undefined ? [] : [[register.municipality.code, key] as const];
    }),
  );
  return { kiosk, center, municipalities: byCode };
}

type Running = { readonly jpki: PartProcess; readonly bank: PartProcess; readonly bench: Bench; readonly kioskPort: number };

async function addressesOf({ jpki, bank, bench, kioskPort }: Running): Promise<Addresses> {
  const count = 3 + municipalities.length * 2;
  const [center = 0, staff = 0, freeKiosk = 0, ...ports] = await freePorts(count);
  const at = (port: number | undefined): string => `http://127.0.0.1:${port ?? 0}`;
  const codes = municipalities.map(({ register }) => register.municipality.code);
  const [bankAddress = '', bankManagement = ''] = bank.ready;
  const [jpkiUrl = '', jpkiManagement = ''] = jpki.ready;
  return {
    jpki: jpkiUrl,
    jpkiManagement,
    bank: bankAddress,
    bankManagement,
    center: at(center),
    staff: at(staff),
    kiosk: at(kioskPort === 0 ? freeKiosk : kioskPort),
    municipalities: new Map(codes.map((code, index) => [code, at(ports[index * 2])])),
    municipalityManagement: new Map(codes.map((code, index) => [code, at(ports[index * 2 + 1])])),
    printer: bench.printer.uri,
    pinPadPort: bench.pinPad.port,
    receiptPort: bench.receipt.port,
  };
}
