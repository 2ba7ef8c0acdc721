// What the configuration file names and only the start can find wrong: each is said with its
// key, its value and what was expected, like a fault of the file itself.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDatabaseFaults, lookAtListener } from '#devices/doctor/looks.js';
import type { StartFault } from '#libs/contract/configuration.js';
import { look, type Look } from '#libs/contract/rules.js';
import { findFolderFault } from '#libs/storage/open-fault.js';
import { shape, type KioskConfiguration } from './configuration.js';
import { migrations } from './storage/schema.js';

/** Where the built page lies: beside the program, unless the file names a folder. */
export function screenFolderOf({ screenFolder }: Pick<KioskConfiguration, 'screenFolder'>): string {
  return screenFolder ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'screen');
}

function findScreenFault(named: Pick<KioskConfiguration, 'screenFolder'>): readonly StartFault[] {
  if (existsSync(join(screenFolderOf(named), 'index.html'))) return [];
  return [{ key: 'screenFolder', expected: 'a folder with the built screen (index.html), or no such key after the set-up' }];
}

/** What can be seen without opening anything. */
export function findFolderFaults(configuration: KioskConfiguration): readonly StartFault[] {
  const faults = findScreenFault(configuration);
  const folder = findFolderFault({ kind: 'sqlite', ...configuration.database });
  return folder === null ? faults : [...faults, folder];
}

/** For a file in which something is wrong already; another process that has the database may be this kiosk itself. */
export const looks: readonly Look[] = [
  look({ screenFolder: shape.shape.screenFolder }, (named) => findScreenFault(named)),
  look({ database: shape.shape.database }, ({ database }) => findDatabaseFaults({ kind: 'sqlite', ...database }, migrations)),
  lookAtListener('listen'),
];

export const otherKioskFault: StartFault = {
  key: 'database.file',
  expected: 'a database that no other running kiosk has: another process holds it',
  isPassing: true,
};
