// Reading and replacing the register. Everything takes the manager of the caller's
// transaction, so that what is read together was true together.
import type { EntityManager } from 'typeorm';
import { residentSchema, settingsSchema, type RegisterFile, type Resident, type Settings } from '#libs/contract/register.js';
import { limits } from '../limits.js';
import { takeLinksOf } from './card-links.js';
import { RegisterState, ResidentRow } from './register-entities.js';

export type { EntityManager } from 'typeorm';

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

export type Replaced = 'replaced' | 'older-than-stored' | 'event-number-used';

/**
 * Takes the place of everything that was there; emergency stop and counters stay. An event number
 * names one state of the register (it stands in every manifest): the same with other entries is refused.
 */
export async function replaceRegister(manager: EntityManager, file: RegisterFile): Promise<Replaced> {
  const before = await manager.findOneBy(RegisterState, { id: 1 });
  if (before !== null && file.eventNumber < before.eventNumber) return 'older-than-stored';
  if (before?.eventNumber === file.eventNumber && !(await isStored(manager, before, file))) return 'event-number-used';
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
    pushAllWanted: before?.pushAllWanted ?? false,
  });
  await manager.createQueryBuilder().delete().from(ResidentRow).execute();
  const rows = file.residents.map((resident) => ({
    residentNumber: resident.residentNumber,
    household: resident.household,
    entry: JSON.stringify(resident),
  }));
  for (let at = 0; at < rows.length; at += limits.rowsAtOnce) {
    await manager.insert(ResidentRow, rows.slice(at, at + limits.rowsAtOnce));
  }
  await takeLinksOf(manager, file, before === null || file.eventNumber > before.eventNumber);
  return 'replaced';
}

async function isStored(manager: EntityManager, stored: RegisterState, file: RegisterFile): Promise<boolean> {
  const { code, prefecture, name } = file.municipality;
  if (stored.municipality !== code || stored.prefecture !== prefecture || stored.name !== name) return false;
  const rows = await manager.find(ResidentRow, { select: { residentNumber: true, entry: true } });
  // Read anew: what a later schema fills in for an entry is no other entry. Settings have a version of their own.
  const entries = new Map(rows.map((row) => [row.residentNumber, JSON.stringify(residentSchema.parse(JSON.parse(row.entry)))]));
  const isSame = (resident: Resident): boolean => entries.get(resident.residentNumber) === JSON.stringify(residentSchema.parse(resident));
  return entries.size === file.residents.length && file.residents.every(isSame);
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
