// What the configuration file names and only the start can find wrong: each is said with its
// key, its value and what was expected, like a fault of the file itself.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartFault } from '#libs/contract/configuration.js';
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
  const folder = dirname(resolve(configuration.database.file));
  if (!isFolder(folder)) faults.push({ key: 'database.file', expected: 'a file in a folder that exists' });
  return faults;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

export const otherKioskFault: StartFault = {
  key: 'database.file',
  expected: 'a database that no other running kiosk has: another process holds it',
  isPassing: true,
};

/** Null: not a fault of what the file names. */
export function findDatabaseFault(cause: unknown): StartFault | null {
  const code = codeOf(cause);
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return { key: 'database.file', expected: `a SQLite database of a kiosk, or no file yet (${code})` };
  }
  const cannotOpen = /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR)/.test(code);
  return cannotOpen ? { key: 'database.file', expected: `a file that this user may write (${code})` } : null;
}

export function findListenFault(cause: unknown): StartFault | null {
  const code = codeOf(cause);
  if (code === 'EADDRINUSE') return { key: 'listen.port', expected: `a port on which nobody else listens (${code})`, isPassing: true };
  if (code === 'EACCES') return { key: 'listen.port', expected: `a port that this user may open (${code})` };
  return /^(EADDRNOTAVAIL|ENOTFOUND|EAI_)/.test(code) ? { key: 'listen.host', expected: `an address of this machine (${code})` } : null;
}

/** The driver wraps SQLite's error; its code is the one inside. */
function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return '';
  if ('driverError' in cause && cause.driverError !== cause) return codeOf(cause.driverError);
  return 'code' in cause ? String(cause.code) : '';
}
