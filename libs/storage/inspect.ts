// Looks at a database without changing it: which migrations it has had. For `npm run
// migrate`, which says from where to where, and for the doctor.
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import { dataSource, type MigrationClass, type StoreOptions } from './source.js';

/** Names, oldest first. */
export type Migrations = {
  readonly applied: readonly string[];
  /** This program has them, the database does not yet. */
  readonly pending: readonly string[];
  /** The database has had them and this program does not know them: it was used by a newer one. */
  readonly unknown: readonly string[];
};

/** `detail`: SQLSTATE, the network's or SQLite's own word. Never the address, which may hold a password. */
export type InspectFault = { readonly code: 'unreachable'; readonly detail: string };

const rows = z.array(z.object({ name: z.string() }));

export async function inspect(options: StoreOptions): Promise<Result<Migrations, InspectFault>> {
  const { database } = options;
  if (database.kind === 'sqlite' && !existsSync(database.file)) return ok(compare([], options.migrations));
  const source = dataSource({ ...options, entities: [] }, 'read-only');
  try {
    await source.initialize();
    const isPostgres = database.kind === 'postgresql';
    const tables = isPostgres
      ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'`
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`;
    if (rows.parse(await source.query(tables)).length === 0) return ok(compare([], options.migrations));
    const applied = rows.parse(await source.query('SELECT name FROM "migrations" ORDER BY "timestamp"'));
    return ok(
      compare(
        applied.map((row) => row.name),
        options.migrations,
      ),
    );
  } catch (cause) {
    const detail = cause instanceof Error && 'code' in cause ? String(cause.code) : 'not a database of ours';
    return err({ code: 'unreachable', detail });
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

function compare(applied: readonly string[], migrations: readonly MigrationClass[]): Migrations {
  const known = migrations.map((migration) => new migration().name ?? migration.name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}
