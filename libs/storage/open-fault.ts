// What can be wrong with the database that a configuration names, said with its key and what
// was expected, like a fault of the file itself. Codes: SQLite's and the system's own names,
// and SQLSTATE (PostgreSQL, appendix A).
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { StartFault } from '#libs/contract/configuration.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { UnknownMigration } from './applied.js';
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

/** What can be seen without opening anything, of the folder and of the file itself. */
export function findFolderFault(database: Database): StartFault | null {
  if (database.kind !== 'sqlite') return null;
  const key = 'database.file';
  const { file } = database;
  if (file === ':memory:') return { key, expected: 'a file: what a part keeps in memory is gone with it' };
  if (file === '' || file.includes('\0')) return { key, expected: 'the name of a file: not empty, and no NUL in it' };
  try {
    const isFolder = statSync(dirname(resolve(file)), { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isFolder) return { key, expected: 'a file in a folder that exists' };
    const there = statSync(resolve(file), { throwIfNoEntry: false });
    const isDevice = there !== undefined && !there.isFile() && !there.isDirectory();
    return isDevice ? { key, expected: 'a file, or none yet: this is a device, a pipe or a socket' } : null;
  } catch (cause) {
    const fault = findFileFault(codeOf(cause));
    if (fault === null) throw cause;
    return fault;
  }
}

/** Null: not a fault of what the file names. */
export function findDatabaseFault(cause: unknown, kind: Database['kind']): StartFault | null {
  if (cause instanceof UnknownMigration) return strangerFault(cause, kind);
  return kind === 'sqlite' ? findFileFault(codeOf(cause)) : findServerFault(codeOf(cause), cause);
}

/** The name comes out of a database that is not ours: only what a name of ours could be. */
function strangerFault({ migration, program }: UnknownMigration, kind: Database['kind']): StartFault {
  const key = kind === 'sqlite' ? 'database.file' : 'database.url';
  const none = kind === 'sqlite' ? 'no file yet' : 'an empty one';
  const had = `it has had ${migration.replace(/[^\w.-]/g, '?').slice(0, 80)}`;
  return program === 'newer'
    ? { key, expected: `a database no newer than this program; a newer one has migrated this (${had})` }
    : { key, expected: `a database of this part, or ${none}; another part or program has made this (${had})` };
}

function findFileFault(code: string): StartFault | null {
  const key = 'database.file';
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return { key, expected: `a SQLite database of this part, or no file yet (${code})` };
  if (/^(SQLITE_BUSY|SQLITE_LOCKED)/.test(code)) {
    return { key, expected: `a database that no other process keeps locked (${code})`, isPassing: true };
  }
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code)) return { key, expected: `a file on a disk with room (${code})`, isPassing: true };
  // Also a full disk, where the files beside the database cannot grow.
  if (code.startsWith('SQLITE_IOERR')) return { key, expected: `a file on a disk that has room and works (${code})`, isPassing: true };
  const cannotOpen = /^(SQLITE_(CANTOPEN|READONLY|PERM)|EACCES|EPERM|EROFS|ENOENT|ENOTDIR|EISDIR|ELOOP|ENAMETOOLONG)/.test(code);
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
