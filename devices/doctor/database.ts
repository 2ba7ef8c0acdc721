// The database of a part: reachable, of this program's version, and on something that
// keeps what was written (DESIGN §4: the database holds the truth).
import { access, constants, open, rm, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inspect } from '#libs/storage/inspect.js';
import { findFolderFault } from '#libs/storage/open-fault.js';
import type { StoreOptions } from '#libs/storage/source.js';
import { faulty, fine, note, type Finding } from './finding.js';
import { limits } from './limits.js';

const about = 'database';

type Keeping = { readonly isDemo: boolean };

export async function checkDatabase(options: Omit<StoreOptions, 'entities'>, { isDemo }: Keeping): Promise<readonly Finding[]> {
  const { database, migrations } = options;
  const where = database.kind === 'sqlite' ? resolve(database.file) : hostOf(database.url);
  const folder = database.kind === 'sqlite' ? await checkFolder(resolve(database.file), isDemo) : [];
  if (folder.some((finding) => finding.status === 'fault')) return folder;
  const named = findFolderFault(database);
  if (named !== null)
    return [...folder, faulty(about, { what: `${where} is no file`, expected: named.expected, todo: `correct ${named.key}` })];
  const found = await inspect({ database, entities: [], migrations });
  if (!found.ok) {
    const todo =
      database.kind === 'sqlite' ? 'look whether the file is whole and may be read' : 'start PostgreSQL, or correct database.url';
    return [
      ...folder,
      faulty(about, { what: `${where} cannot be read (${found.error.detail})`, expected: 'a database of this part', todo }),
    ];
  }
  const { applied, pending, unknown } = found.value;
  const [stranger] = unknown;
  if (stranger !== undefined) {
    return [...folder, ofStranger(where, { stranger, isOurs: unknown.length < applied.length })];
  }
  if (pending.length === 0) return [fine(about, `${where}, at ${applied.at(-1) ?? 'no version'}`), ...folder];
  const from = applied.at(-1) ?? 'empty';
  return [
    note(about, `${where} is ${from} and will be brought to ${pending.at(-1) ?? ''} at the next start or by npm run migrate`),
    ...folder,
  ];
}

/** As the start and the migration say it: a newer program's has had ours too. */
function ofStranger(where: string, { stranger, isOurs }: { stranger: string; isOurs: boolean }): Finding {
  const expected = 'no migration that this program does not know';
  const by = isOurs ? 'written by a newer program' : 'made by another part or program';
  const todo = isOurs ? 'install that program, or the backup from before' : 'name the database of this part';
  return faulty(about, { what: `${where} was ${by} (it has had ${stranger})`, expected, todo });
}

/** TMPFS_MAGIC and RAMFS_MAGIC of statfs(2): what is written there is gone with the power. */
const volatile = new Set([0x01021994, 0x858458f6]);

async function checkFolder(file: string, isDemo: boolean): Promise<readonly Finding[]> {
  const folder = dirname(file);
  const cause = await findWriteFault(file);
  if (cause !== null) {
    const todo = `make ${folder} and give it to the user of the part (StateDirectory= of its unit does)`;
    return [faulty(about, { what: `${folder} cannot be written and fsynced (${cause})`, expected: 'a folder of this part', todo })];
  }
  const { type, bavail, bsize } = await statfs(folder);
  const findings: Finding[] = [];
  if (volatile.has(type) && !isDemo) {
    findings.push(
      faulty(about, { what: `${folder} lies in memory`, expected: 'a disk that keeps it', todo: 'move database.file to a disk' }),
    );
  }
  if (bavail * bsize < limits.freeBytes) {
    const free = Math.floor((bavail * bsize) / 1024 / 1024);
    findings.push(faulty(about, { what: `${folder} has ${free} MB left`, expected: '512 MB or more', todo: 'make room' }));
  }
  return findings;
}

/** Null, or the system's own word: a file beside the database is written, flushed and taken away again. */
async function findWriteFault(file: string): Promise<string | null> {
  const trial = join(dirname(file), `.doctor-${process.pid}`);
  try {
    if (existsSync(file)) await access(file, constants.R_OK | constants.W_OK);
    const handle = await open(trial, 'wx', 0o600);
    try {
      await handle.write('may be removed\n');
      await handle.sync();
    } finally {
      await handle.close();
      await rm(trial, { force: true });
    }
    return null;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  }
}

/** Without user and password. */
function hostOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `postgresql://${host}${pathname}`;
}
