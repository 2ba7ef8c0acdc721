// What every part has its start look at when something in its file is wrong, so that all of it is named at once
// (libs/contract/rules.ts): the addresses to listen at, and the database. Nothing is changed.
import { databaseSchema, listenAsNamed, listenerSchema } from '#libs/contract/listener.js';
import type { StartFault } from '#libs/contract/configuration.js';
import { look, type Look } from '#libs/contract/rules.js';
import { refuseUnknown } from '#libs/storage/applied.js';
import { inspect } from '#libs/storage/inspect.js';
import { findDatabaseFault, findFolderFault } from '#libs/storage/open-fault.js';
import type { Database, StoreOptions } from '#libs/storage/source.js';
import { tryListening } from './probes.js';

/** Free at this moment: listened at, and closed again. */
export function lookAtListener(key: 'listen' | 'management'): Look {
  return look({ [key]: listenerSchema }, async ({ [key]: at }) => {
    if (at === undefined) return [];
    const listened = await listenAsNamed(() => tryListening(at), key);
    return listened.ok ? [] : [listened.error];
  });
}

export function lookAtDatabase(migrations: StoreOptions['migrations']): Look {
  return look({ database: databaseSchema }, ({ database }) => findDatabaseFaults(database, migrations));
}

export async function findDatabaseFaults(database: Database, migrations: StoreOptions['migrations']): Promise<readonly StartFault[]> {
  const folder = findFolderFault(database);
  if (folder !== null) return [folder];
  const inspected = await inspect({ database, entities: [], migrations });
  const found = inspected.ok ? strangerIn(() => refuseUnknown(inspected.value)) : { code: inspected.error.detail };
  const fault = found === null ? null : findDatabaseFault(found, database.kind);
  return fault === null ? [] : [fault];
}

function strangerIn(look: () => void): unknown {
  try {
    look();
    return null;
  } catch (cause) {
    return cause;
  }
}
