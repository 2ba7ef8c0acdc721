// Which migrations a database has had, and whether this program may touch it: one that a
// newer program or another part has migrated holds tables and rules that this one would break.
import type { MigrationInterface } from 'typeorm';
import { z } from 'zod';

/** Names. */
export type Migrations = {
  /** Oldest first. */
  readonly applied: readonly string[];
  /** This program has them, the database does not yet. */
  readonly pending: readonly string[];
  /** The database has had them and this program does not know them. */
  readonly unknown: readonly string[];
};

/** What a database has had is not this program's: nothing was changed. */
export class UnknownMigration extends Error {
  override readonly name = 'UnknownMigration';

  constructor(
    /** The first that this program does not know. */
    readonly migration: string,
    /** It knows others: `newer`; it knows none of them: `other`. */
    readonly program: 'newer' | 'other',
  ) {
    super(`the database has had ${migration}`);
  }
}

/** A data source, or a connection in the middle of its transaction. */
export type Asked = {
  query(statement: string): Promise<unknown>;
};

const found = z.array(z.object({ name: z.string() }));

/** `migrations`: those of the program that asks. Throws what the driver throws, and ZodError for a table that is not TypeORM's. */
export async function readMigrations(
  asked: Asked,
  kind: 'sqlite' | 'postgresql',
  migrations: readonly MigrationInterface[],
): Promise<Migrations> {
  const tables =
    kind === 'postgresql'
      ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'`
      : `SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`;
  const isThere = found.parse(await asked.query(tables)).length > 0;
  const rows = isThere ? found.parse(await asked.query('SELECT name FROM "migrations" ORDER BY "timestamp"')) : [];
  const known = migrations.map((migration) => migration.name ?? migration.constructor.name);
  const applied = rows.map(({ name }) => name);
  return {
    applied,
    pending: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** Throws `UnknownMigration`. */
export function refuseUnknown({ applied, unknown }: Migrations): void {
  const [stranger] = unknown;
  if (stranger === undefined) return;
  throw new UnknownMigration(stranger, unknown.length < applied.length ? 'newer' : 'other');
}
