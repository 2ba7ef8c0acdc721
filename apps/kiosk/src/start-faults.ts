// What the configuration file names and only the start can find wrong: each is said with its
// key, its value and what was expected, like a fault of the file itself.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartFault } from '#libs/contract/configuration.js';
import { findFolderFault } from '#libs/storage/open-fault.js';
import type { KioskConfiguration } from './configuration.js';

/** Where the built page lies: beside the program, unless the file names a folder. */
export function screenFolderOf({ screenFolder }: KioskConfiguration): string {
  return screenFolder ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'screen');
}

/** What can be seen without opening anything. */
export function findFolderFaults(configuration: KioskConfiguration): readonly StartFault[] {
  const faults: StartFault[] = [];
  if (!existsSync(join(screenFolderOf(configuration), 'index.html'))) {
    faults.push({ key: 'screenFolder', expected: 'a folder with the built screen (index.html), or no such key after the set-up' });
  }
  const folder = findFolderFault({ kind: 'sqlite', ...configuration.database });
  return folder === null ? faults : [...faults, folder];
}

export const otherKioskFault: StartFault = {
  key: 'database.file',
  expected: 'a database that no other running kiosk has: another process holds it',
  isPassing: true,
};
