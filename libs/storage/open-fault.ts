// What can be wrong with the database that a configuration names, said with its key and what
// was expected, like a fault of the file itself. Codes: SQLite's and the system's own names,
// and SQLSTATE (PostgreSQL, appendix A).
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { StartFault } from '#libs/contract/configuration.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Database, StoreOptions } from './source.js';
import { Store } from './store.js';

/** `Store.open` for a part that starts: what is no fault of what the file names is thrown as there. */
export async function openNamedStore(options: StoreOptions): Promise<Result<Store, StartFault>> {
  const folder = findFolderFault(options.database);
  if (folder !== null) return err(folder);
  try {
    return ok(await Store.open(options));
  } catch (cause) {
    const fault = findDatabaseFault(cause, options.database.kind);
    if (fault === null) throw cause;
    return err(fault);
  }
}

/** What can be seen without opening anything. */
export function findFolderFault(database: Database): StartFault | null {
  if (database.kind !== 'sqlite') return null;
  const isFolder = statSync(dirname(resolve(database.file)), { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? null : { key: 'database.file', expected: 'a file in a folder that exists' };
}

/** Null: not a fault of what the file names. */
export function findDatabaseFault(cause: unknown, kind: Database['kind']): StartFault | null {
  return kind === 'sqlite' ? findFileFault(codeOf(cause)) : findServerFault(codeOf(cause), cause);
}

function findFileFault(code: string): StartFault | null {
  const key = 'database.file';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return { key, expected: `a SQLite database of this part, or no file yet (${code})` };
  if (/^(SQLITE_BUSY|SQLITE_LOCKED)/.test(code)) {
    return { key, expected: `a database that no other process keeps locked (${code})`, isPassing: true };
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return { key, expected: `a file on a disk with room (${code})`, isPassing: true };
  const cannotOpen = /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR)/.test(code);
  return cannotOpen ? { key, expected: `a file that this user may write (${code})` } : null;
}

/** Not there (yet): the network's words, or 57P0x and 53xxx, which PostgreSQL says while it starts, ends or is full. */
const passing = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|57P0[0-9]|53[0-9A-Z]{3}|08[0-9A-Z]{3})$/;

function findServerFault(code: string, cause: unknown): StartFault | null {
  const key = 'database.url';
  if (passing.test(code)) return { key, expected: `a PostgreSQL that answers (${code})`, isPassing: true };
  if (code === 'ENOTFOUND') return { key, expected: `a host that has an address (${code})` };
  if (code.startsWith('28')) return { key, expected: `a user and a password that PostgreSQL takes (${code})` };
  if (code === '3D000') return { key, expected: `a database that exists (${code})` };
  if (code === '42501') return { key, expected: `a user who may make tables in this database (${code})` };
  // The driver's own words for a server that went silent have no code.
  const isSilent = code === '' && cause instanceof Error && /timeout|terminated/i.test(cause.message);
  return isSilent ? { key, expected: 'a PostgreSQL that answers (no answer)', isPassing: true } : null;
}

/** TypeORM wraps the driver's error; the code is that of the one inside. */
function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return '';
  if ('driverError' in cause && cause.driverError !== cause) return codeOf(cause.driverError);
  return 'code' in cause ? String(cause.code) : '';
}
