// Looks at a database without changing it: which migrations it has had. For `npm run
// migrate`, which says from where to where, and for the doctor.
import { existsSync } from 'node:fs';
import { err, ok, type Result } from '#libs/std/result.js';
import { readMigrations, type Migrations } from './applied.js';
import { dataSource, type StoreOptions } from './source.js';

/** `detail`: SQLSTATE, the network's or SQLite's own word. Never the address, which may hold a password. */
export type InspectFault = { readonly code: 'unreachable'; readonly detail: string };

export async function inspect(options: StoreOptions): Promise<Result<Migrations, InspectFault>> {
  const { database } = options;
  const migrations = options.migrations.map((migration) => new migration());
  if (database.kind === 'sqlite' && !existsSync(database.file)) {
    return ok(await readMigrations({ query: async () => [] }, database.kind, migrations));
  }
  const source = dataSource({ ...options, entities: [] }, 'read-only');
  try {
    await source.initialize();
    return ok(await readMigrations(source, database.kind, migrations));
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : 'not a database of ours';
    return err({ code: 'unreachable', detail });
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}
