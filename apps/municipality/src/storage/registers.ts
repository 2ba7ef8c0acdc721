// Reading and replacing the register. Everything takes the manager of the caller's
// transaction, so that what is read together was true together.
import type { EntityManager } from 'typeorm';
import { residentSchema, settingsSchema, type CardLink, type RegisterFile, type Resident, type Settings } from '#libs/contract/register.js';
import { toInstant } from '#libs/std/clock.js';
import { CardLinkPushRow, CardLinkRow, RegisterState, ResidentRow } from './register-entities.js';

export type { EntityManager } from 'typeorm';

/** Rows in one INSERT: below the 999 parameters of an old SQLite. */
const rowsAtOnce = 200;

export type RegisterFacts = {
  readonly municipality: { readonly code: string; readonly prefecture: string; readonly name: string };
  /** Event number of the register. */
  readonly version: number;
  readonly settings: Settings;
  readonly stopped: boolean;
};

/** Null before the first import. */
export async function findRegister(manager: EntityManager): Promise<RegisterFacts | null> {
  const state = await manager.findOneBy(RegisterState, { id: 1 });
  if (state === null) return null;
  return {
    municipality: { code: state.municipality, prefecture: state.prefecture, name: state.name },
    version: state.eventNumber,
    settings: settingsSchema.parse(JSON.parse(state.settings)),
    stopped: state.stopped,
  };
}

export async function findResident(manager: EntityManager, residentNumber: string): Promise<Resident | null> {
  const row = await manager.findOneBy(ResidentRow, { residentNumber });
  return row === null ? null : residentSchema.parse(JSON.parse(row.entry));
}

export async function readHousehold(manager: EntityManager, household: string): Promise<readonly Resident[]> {
  const rows = await manager.findBy(ResidentRow, { household });
  return rows.map((row) => residentSchema.parse(JSON.parse(row.entry)));
}

export async function findCardLink(
  manager: EntityManager,
  card: { readonly caKeyId: string; readonly serial: string },
): Promise<{ readonly residentNumber: string; readonly usableFromMs: number } | null> {
  return manager.findOneBy(CardLinkRow, { caKeyId: card.caKeyId, serial: card.serial });
}

/** Takes the place of everything that was there; emergency stop and counters stay. False: the file is older than the register. */
export async function replaceRegister(manager: EntityManager, file: RegisterFile): Promise<boolean> {
  const before = await manager.findOneBy(RegisterState, { id: 1 });
  if (before !== null && file.eventNumber < before.eventNumber) return false;
  await manager.save(RegisterState, {
    id: 1,
    municipality: file.municipality.code,
    prefecture: file.municipality.prefecture,
    name: file.municipality.name,
    eventNumber: file.eventNumber,
    settings: JSON.stringify(file.settings),
    stopped: before?.stopped ?? false,
    lastCertificateNumber: before?.lastCertificateNumber ?? 0,
    lastPush: before?.lastPush ?? 0,
  });
  await manager.createQueryBuilder().delete().from(ResidentRow).execute();
  const rows = file.residents.map((resident) => ({
    residentNumber: resident.residentNumber,
    household: resident.household,
    entry: JSON.stringify(resident),
  }));
  for (let at = 0; at < rows.length; at += rowsAtOnce) await manager.insert(ResidentRow, rows.slice(at, at + rowsAtOnce));
  const unknown = await unknownLinks(manager, file.cardLinks);
  for (let at = 0; at < unknown.length; at += rowsAtOnce) await linkCards(manager, unknown.slice(at, at + rowsAtOnce));
  return true;
}

async function unknownLinks(manager: EntityManager, links: readonly CardLink[]): Promise<readonly CardLink[]> {
  const known = new Set((await manager.find(CardLinkRow)).map(describeLink));
  return links.filter((link) => !known.has(describeLink({ ...link, usableFromMs: Date.parse(link.usableFrom) })));
}

function describeLink(link: CardLinkRow): string {
  return [link.caKeyId, link.serial, link.residentNumber, link.usableFromMs].join(' ');
}

/** Stores the links and, in the same transaction, what the center has to be told. Returns the push's sequence. */
export async function linkCards(manager: EntityManager, links: readonly CardLink[]): Promise<number> {
  const state = await manager.findOneByOrFail(RegisterState, { id: 1 });
  const sequence = state.lastPush + 1;
  await manager.update(RegisterState, { id: 1 }, { lastPush: sequence });
  await manager.save(
    CardLinkRow,
    links.map(({ usableFrom, ...link }) => ({ ...link, usableFromMs: Date.parse(usableFrom) })),
  );
  const changes = links.map(({ caKeyId, serial, usableFrom }) => ({
    caKeyId,
    serial,
    change: 'linked' as const,
    usableFrom: toInstant(Date.parse(usableFrom)),
  }));
  await manager.insert(CardLinkPushRow, { sequence, links: JSON.stringify(changes), takenAtMs: null });
  return sequence;
}

export async function setStopped(manager: EntityManager, stopped: boolean): Promise<void> {
  await manager.update(RegisterState, { id: 1 }, { stopped });
}

/** The last number before a block of `count` that nobody else has been given or will be. */
export async function reserveCertificateNumbers(manager: EntityManager, count: number): Promise<number> {
  const state = await manager.findOneByOrFail(RegisterState, { id: 1 });
  await manager.update(RegisterState, { id: 1 }, { lastCertificateNumber: state.lastCertificateNumber + count });
  return state.lastCertificateNumber;
}
