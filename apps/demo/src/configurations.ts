// The configuration files of a demo branch: the same files that an installer would write,
// with `demo: true`, fresh keys and loopback addresses.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EcPrivateJwk } from '#libs/contract/base.js';
import { publicHalf } from '#libs/contract/sealed.js';
import { virtualCashCardAid } from '#devices/emulated/cash-card/files.js';
import type { SlotEndpoint } from '#devices/emulated/pcsc/line.js';
import { toHex } from '#libs/std/bytes.js';
import { systemRandom } from '#libs/std/random.js';
import { municipalities } from '../world/registers.js';
import type { BranchOptions } from './branch-options.js';
import { root, type PartOptions } from './part-process.js';

export type BranchKeys = {
  readonly kiosk: EcPrivateJwk;
  readonly center: EcPrivateJwk;
  readonly municipalities: ReadonlyMap<string, EcPrivateJwk>;
};

/** URLs, but for the bank (host:port) and the ports of the bench's devices. */
export type Addresses = {
  readonly jpki: string;
  readonly jpkiManagement: string;
  readonly bank: string;
  readonly bankManagement: string;
  readonly center: string;
  readonly staff: string;
  readonly kiosk: string;
  readonly municipalities: ReadonlyMap<string, string>;
  readonly municipalityManagement: ReadonlyMap<string, string>;
  readonly printer: string;
  readonly pinPadPort: number;
  readonly receiptPort: number;
};

type Made = {
  readonly options: BranchOptions;
  readonly keys: BranchKeys;
  readonly addresses: Addresses;
  readonly readers: {
    readonly kind: 'pcsc' | 'direct';
    readonly names: readonly [string, string];
    readonly slots: readonly [SlotEndpoint, SlotEndpoint];
  };
  /** DER of the CA for user authentication, base64. */
  readonly anchor: string;
};

type PartConfiguration = Omit<PartOptions, 'folder'>;

export const kioskId = 'KSK00001';
const centerId = 'madoguchi-center';
const sealSideMm = 24;
/** Where the set-up puts the typeface for a user who may not install packages (.config/debian.mjs). */
const unpackedFont = join(root(), 'var/debian/usr/share/fonts/truetype/ipamj/ipamjm.ttf');

export async function configurationsOf(made: Made): Promise<{ servers: PartConfiguration[]; kiosk: PartConfiguration }> {
  const servers = [await centerOf(made), await staffOf(made)];
  for (const { register, sealColumns } of municipalities) {
    servers.push(await municipalityOf(made, { register, sealColumns: [...sealColumns] }));
  }
  return { servers, kiosk: kioskOf(made) };
}

function listenAt(url: string | undefined): { host: string; port: number } {
  return { host: '127.0.0.1', port: Number(new URL(url ?? 'http://127.0.0.1:0').port) };
}

async function databaseOf({ options }: Made, part: string): Promise<unknown> {
  if (options.postgresUrl !== undefined) return { kind: 'postgresql', url: await options.postgresUrl(part) };
  return { kind: 'sqlite', file: join(options.folder, `${part}.db`) };
}

function publicKeys(keys: BranchKeys): { code: string; key: ReturnType<typeof publicHalf> }[] {
  return [...keys.municipalities].map(([code, key]) => ({ code, key: publicHalf(key) }));
}

async function centerOf(made: Made): Promise<PartConfiguration> {
  const { addresses, keys, options } = made;
  const named = publicKeys(keys).map(({ code, key }) => ({ code, key, url: addresses.municipalities.get(code) ?? '' }));
  const configuration = {
    demo: true,
    listen: listenAt(addresses.center),
    center: centerId,
    key: keys.center,
    secret: systemRandom.bytes(32).toString('base64'),
    database: await databaseOf(made, 'issuance-center'),
    ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    trustAnchors: [made.anchor],
    ocsp: { url: `${addresses.jpki}/ocsp/authentication`, nonce: 'required' },
    kiosks: [{ id: kioskId, key: publicHalf(keys.kiosk) }],
    municipalities: named,
  };
  return { name: 'issuance-center', configuration };
}

async function staffOf(made: Made): Promise<PartConfiguration> {
  const database = await databaseOf(made, 'staff');
  return { name: 'staff', configuration: { demo: true, listen: listenAt(made.addresses.staff), database, kiosks: [kioskId] } };
}

type Town = { readonly register: (typeof municipalities)[number]['register']; readonly sealColumns: readonly string[] };

async function municipalityOf(made: Made, { register, sealColumns }: Town): Promise<PartConfiguration> {
  const { addresses, keys, options } = made;
  const { code } = register.municipality;
  const registerFile = join(options.folder, `register-${code}.json`);
  writeFileSync(registerFile, JSON.stringify(register), { mode: 0o600 });
  const configuration = {
    demo: true,
    listen: listenAt(addresses.municipalities.get(code)),
    management: listenAt(addresses.municipalityManagement.get(code)),
    code,
    key: keys.municipalities.get(code),
    pseudonymSecret: systemRandom.bytes(32).toString('base64'),
    database: await databaseOf(made, `municipality-${code}`),
    ...(options.redisUrl === undefined ? {} : { redisUrl: options.redisUrl }),
    centerKey: publicHalf(keys.center),
    centerUrl: addresses.center,
    kiosks: [{ id: kioskId, key: publicHalf(keys.kiosk) }],
    trustAnchors: [made.anchor],
    registerFile,
    ...(existsSync(unpackedFont) ? { fontFile: unpackedFont } : {}),
    seal: { kind: 'fictional', columns: sealColumns, sideMm: sealSideMm },
  };
  return { name: 'municipality', label: `municipality-${code}`, configuration };
}

function kioskOf(made: Made): PartConfiguration {
  const { addresses, keys, options, readers } = made;
  const [host = '127.0.0.1', port = '0'] = addresses.bank.split(':');
  const configuration = {
    demo: true,
    kiosk: kioskId,
    branch: 'BR0001',
    listen: listenAt(addresses.kiosk),
    key: keys.kiosk,
    database: { file: join(options.folder, 'kiosk.db') },
    center: { url: addresses.center, id: centerId },
    municipalities: publicKeys(keys),
    cardReader: readerOf(readers),
    cashCardAids: [toHex(virtualCashCardAid)],
    pinPad: { host: '127.0.0.1', port: addresses.pinPadPort },
    printer: { uri: addresses.printer },
    receiptPrinter: { host: '127.0.0.1', port: addresses.receiptPort },
    bank: { host, port: Number(port), acquirer: '9999', name: '架空銀行' },
    staff: { url: addresses.staff },
    ...(options.kioskLimits === undefined ? {} : { limits: options.kioskLimits }),
  };
  return { name: 'kiosk', configuration };
}

function readerOf({ kind, names, slots }: Made['readers']): unknown {
  const [idCard, cashCard] = slots;
  if (kind === 'direct') return { kind, idCardPort: idCard.port, cashCardPort: cashCard.port };
  return { kind, idCardReader: names[0], cashCardReader: names[1] };
}
