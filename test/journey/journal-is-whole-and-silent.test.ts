// After a day at the counter: the journal of the kiosk is unbroken, says what happened, and
// neither it nor any other file, log or slip holds a person (DESIGN §4). What may stand where
// is the table `mayHold`; whatever is not in it may not.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { findBreak, type JournalEntry } from '#libs/journal/entry.js';
import { selectJpkiApplication } from '#libs/jpki/application.js';
import { readCertificate } from '#libs/jpki/files.js';
import { assert } from '#libs/std/assert.js';
import { ok } from '#libs/std/result.js';
import type { Citizen } from '../../apps/demo/world/citizen-schema.js';
import { findCitizen } from '../../apps/demo/world/citizens.js';
import { getResident } from '../../apps/demo/world/registers.js';
import { plainWish } from '../../apps/demo/src/wish.js';
import { endOf, Journey } from './journey.js';
import { limits } from './limits.js';

/** Delivered with 個人番号, jammed, refused, declined by the bank, and one who forgot the PIN. */
const visitors = ['hitori-gurashi', 'yonin-kazoku', 'shien-sochi', 'zandaka-zero', 'nagai-namae'] as const;

let journey: Journey;
let canaries: readonly Canary[];
const slips: string[] = [];

beforeAll(async () => {
  journey = await Journey.open();
  await goThroughTheDay();
  canaries = (await Promise.all(visitors.map(personalOf))).flat();
}, 3 * limits.openTimeoutMs);
afterAll(() => journey?.close());

async function goThroughTheDay(): Promise<void> {
  const wish = { ...plainWish, myNumber: true, domicile: true };
  expect((await journey.visit('hitori-gurashi', { wish })).end?.screen).toBe('thank-you');
  slips.push(await journey.untilOneSlip());
  const { printer } = journey.branch.bench;
  const onScreen = ({ screen }: { screen: string }): void => {
    if (screen === 'take-cash-card') printer.setFault('jam-before-first-sheet');
  };
  const jammed = await journey.visit('yonin-kazoku', { onScreen, settleTimeoutMs: limits.untilTimeoutMs });
  expect(endOf(jammed)).toMatchObject({ code: 'not-printed', money: { state: 'given-back' } });
  slips.push(await journey.untilOneSlip());
  printer.setFault('none');
  expect(endOf(await journey.visit('shien-sochi')).code).toBe('go-to-counter');
  expect(endOf(await journey.visit('zandaka-zero')).code).toBe('charge-declined');
  expect(endOf(await journey.visit({ ...citizenOf('nagai-namae'), typedPin: '0000' })).code).toBe('pin-blocked');
  await journey.untilCopiesAre(jammed.request, 'voided');
}

it('the journal has no gap and no changed entry', () => {
  const entries = readJournal();
  expect(findBreak(entries)).toBeNull();
  const [first] = entries;
  assert(first !== undefined, 'something was written');
  expect(findBreak([{ ...first, code: 'another' }, ...entries.slice(1)])).toEqual({ sequence: 1, code: 'changed' });
});

it('the journal tells each visit from the card in the slot to its end', () => {
  const entries = readJournal();
  const sessions = new Set(entries.map((entry) => entry.session).filter((session) => session !== null));
  expect(sessions.size).toBe(visitors.length);
  for (const session of sessions) {
    const codes = entries.filter((entry) => entry.session === session).map((entry) => entry.code);
    expect(codes[0]).toBe('card-in');
    expect(codes.at(-1)).toBe('left');
    const [charged, printed] = [codes.indexOf('charge-intended'), codes.indexOf('printed')];
    // The intention stands before the act.
    if (printed >= 0) expect(charged).toBeLessThan(printed);
  }
});

it('finds what it looks for where it may stand', () => {
  const { folder } = journey.branch;
  const missing = (file: string, kind: Kind): string[] => {
    const content = contentOf(join(folder, file));
    return canaries.filter((canary) => canary.kind === kind && canary.isPlain && !content.includes(canary.bytes)).map(({ what }) => what);
  };
  expect(missing('register-991015.json', 'register')).toEqual([]);
  // Three of them put a cash card in, and no bank keeps a track 2.
  expect(missing('bank-books.json', 'account').filter((what) => /^PAN of (hitori|yonin|zandaka)/.test(what))).toEqual([]);
});

it('no file of the branch holds a person where none may be', () => {
  const files = filesUnder(journey.branch.folder);
  expect(files.length).toBeGreaterThan(15);
  const found = files.flatMap((file) => {
    const name = relative(journey.branch.folder, file);
    const content = contentOf(file);
    return canaries.filter(({ kind, bytes }) => !mayHold(name, kind) && content.includes(bytes)).map(({ what }) => `${name}: ${what}`);
  });
  expect(found).toEqual([]);
});

it('no slip and no print job names a person', () => {
  const text = Buffer.from(slips.join('\n'));
  expect(slips).toHaveLength(2);
  expect(canaries.filter(({ bytes }) => text.includes(bytes)).map(({ what }) => what)).toEqual([]);
  for (const job of journey.branch.bench.printer.state().jobs) expect(job.jobName).toMatch(/^[0-9a-f-]{36}-\d+-\d+$/);
});

type Kind = 'register' | 'account' | 'pin' | 'serial';
type Canary = { readonly kind: Kind; readonly what: string; readonly isPlain: boolean; readonly bytes: Buffer };

/** The municipality has its register and which certificate is whose; the bank has its accounts; the paper is the paper. */
function mayHold(file: string, kind: Kind): boolean {
  if (file.startsWith('register-')) return kind === 'register';
  if (file.startsWith('municipality-') && file.includes('.db')) return kind === 'register' || kind === 'serial';
  if (file === 'bank-books.json') return kind === 'account';
  return file.startsWith('tray/') && kind === 'register';
}

async function personalOf(id: string): Promise<Canary[]> {
  const citizen = citizenOf(id);
  const { name, nameReading, address, domicile, myNumber } = getResident(citizen.municipality, citizen.residentNumber);
  const { pan, pin: bankPin } = citizen.bankAccount;
  const serial = await serialOf(citizen);
  const texts: readonly [Kind, string, string | null][] = [
    ['register', 'name', name],
    ['register', 'name reading', nameReading],
    ['register', 'address', address.line],
    ['register', 'domicile', domicile],
    ['register', 'My Number', myNumber],
    ['account', 'PAN', pan],
    ['account', 'track 2', `${pan}D${citizen.bankAccount.expiry}`],
    ['pin', 'PIN', `"pin":"${citizen.pin}"`],
    ['pin', 'PIN of the cash card', `"pin":"${bankPin}"`],
    ['serial', 'serial', serial],
    ['serial', 'serial', serial.toLowerCase()],
    ['serial', 'serial', `"${BigInt(`0x${serial}`).toString()}"`],
  ];
  return texts.flatMap(([kind, what, text]) => (text === null ? [] : writtenAs(kind, `${what} of ${id}`, text)));
}

/** As it is, without its spaces, and inside Base64 (whose first and last characters depend on what stands around it). */
function writtenAs(kind: Kind, what: string, text: string): Canary[] {
  const encoded = [0, 1, 2].map((shift) => {
    const skipped = Math.ceil((shift * 8) / 6);
    return Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
      .toString('base64')
      .replaceAll('=', '')
      .slice(skipped, -1);
  });
  const forms = kind === 'pin' ? [text] : [text, text.replaceAll('　', ''), ...encoded];
  return forms.filter((form) => form.length >= 5).map((form) => ({ kind, what, isPlain: form === text, bytes: Buffer.from(form) }));
}

/** Read from the chip, as the kiosk does. */
async function serialOf(citizen: Citizen): Promise<string> {
  const card = await journey.branch.bench.desk?.idCard(citizen);
  assert(card !== undefined, 'the desk has made the card');
  const channel = { transmit: async (command: Buffer) => ok(card.transmit(command)) };
  await selectJpkiApplication(channel);
  const certificate = await readCertificate(channel, 'authentication-certificate');
  assert(certificate.ok, 'the certificate can be read');
  return new X509Certificate(certificate.value).serialNumber;
}

function citizenOf(id: string): Citizen {
  const citizen = findCitizen(id);
  assert(citizen !== null, 'a citizen of the demo');
  return citizen;
}

const rowSchema = z.object({
  sequence: z.int(),
  atMs: z.int(),
  session: z.string().nullable(),
  code: z.string(),
  fields: z.string(),
  previous: z.string(),
  hash: z.string(),
});

function readJournal(): JournalEntry[] {
  const database = new Database(join(journey.branch.folder, 'kiosk.db'), { readonly: true });
  const rows = z.array(rowSchema).parse(database.prepare('SELECT * FROM journal ORDER BY sequence').all());
  database.close();
  return rows.map((row) => ({
    ...row,
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).parse(JSON.parse(row.fields)),
  }));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}

function contentOf(file: string): Buffer {
  return readFileSync(file);
}
