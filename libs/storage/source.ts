// How a data source of each engine is set up, and how its migrations are run.
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  DataSource,
  MigrationExecutor,
  type DataSourceOptions,
  type EntityManager,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import { assert } from '#libs/std/assert.js';
import { readMigrations, refuseUnknown } from './applied.js';
import { limits } from './limits.js';
import { Mutex } from './mutex.js';

export type Database = { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'postgresql'; readonly url: string };
export type EntityClass = new () => object;
export type MigrationClass = new () => MigrationInterface;
export type StoreOptions = {
  readonly database: Database;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly MigrationClass[];
};
export type Access = 'write' | 'read-only';

type Pragmas = { pragma(statement: string): unknown };

/** Not yet initialised. `synchronize` is never set anywhere: the schema comes from migrations alone. */
export function dataSource(options: StoreOptions, access: Access): DataSource {
  const shared = { entities: [...options.entities], migrations: access === 'write' ? [...options.migrations] : [], logging: false };
  return new DataSource(
    options.database.kind === 'sqlite' ? sqlite(options.database.file, access, shared) : postgres(options.database.url, access, shared),
  );
}

type Shared = Pick<DataSourceOptions, 'logging'> & { entities: EntityClass[]; migrations: MigrationClass[] };

function sqlite(file: string, access: Access, shared: Shared): DataSourceOptions {
  assert(file !== ':memory:' && file !== '', 'a SQLite store is a file: reading needs a second connection to it');
  return {
    ...shared,
    type: 'better-sqlite3',
    database: resolve(file),
    readonly: access === 'read-only',
    fileMustExist: access === 'read-only',
    timeout: limits.sqliteBusyMs,
    prepareDatabase: (connection: Pragmas) => {
      if (access === 'read-only') return;
      connection.pragma('journal_mode = WAL');
      // FULL: a commit that was acknowledged survives a power cut (in WAL mode NORMAL may lose the last ones).
      connection.pragma('synchronous = FULL');
    },
  };
}

function postgres(url: string, access: Access, shared: Shared): DataSourceOptions {
  const settings = [`statement_timeout=${limits.postgresStatementMs}`, 'synchronous_commit=on'];
  if (access === 'read-only') settings.push('default_transaction_read_only=on');
  return {
    ...shared,
    type: 'postgres',
    url,
    poolSize: limits.postgresConnections,
    connectTimeoutMS: limits.postgresConnectMs,
    installExtensions: false,
    extra: { options: settings.map((setting) => `-c ${setting}`).join(' ') },
  };
}

/**
 * TypeORM would make the folder of a file that has none, and a mistyped path would become a
 * new, empty database. Throws ENOENT or ENOTDIR.
 */
export function requireFolder(file: string): void {
  statSync(`${dirname(resolve(file))}/.`);
}

const fileMutexes = new Map<string, Mutex>();

/** One mutex per SQLite file, shared by all stores of this process that have it open. Null: PostgreSQL needs none. */
export function writeMutex(database: Database): Mutex | null {
  if (database.kind !== 'sqlite') return null;
  const file = resolve(database.file);
  const mutex = fileMutexes.get(file) ?? new Mutex();
  fileMutexes.set(file, mutex);
  return mutex;
}

/**
 * Takes the write lock of the SQLite file at the start of a transaction. A transaction that
 * begins with reading and writes later would be refused at once (SQLITE_BUSY_SNAPSHOT) when
 * another process has written in between; this way it waits its turn instead.
 */
export async function takeWriteLock(runner: QueryRunner): Promise<void> {
  await runner.query('DELETE FROM "migrations" WHERE 1 = 0');
}

/**
 * A write that changes nothing. SQLite leaves out a row that would stay as it is, and a write with it (btree.c,
 * btreeOverwriteContent); the number in the file's header it writes in any case.
 */
export async function touch(transaction: EntityManager): Promise<void> {
  const isSqlite = transaction.dataSource.options.type === 'better-sqlite3';
  await transaction.query(isSqlite ? `PRAGMA user_version = ${userVersion}` : 'UPDATE "migrations" SET "name" = "name"');
}

/**
 * Never throws. False: nobody knows how the transaction stands. On a full disk or a failing one SQLite ends a
 * transaction by itself (sqlite.org/lang_transaction.html, "Response To Errors"), COMMIT as well as any statement
 * before it; ROLLBACK then finds none, and TypeORM goes on believing in one.
 */
export async function rollBack(runner: QueryRunner): Promise<boolean> {
  try {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
  } catch {
    return false;
  }
  return !runner.isTransactionActive;
}

/** Says nothing; there to be written. */
const userVersion = 1;

/** "madoguch" as two numbers: the advisory lock is one per database. */
const migrationLock = [0x6d61646f, 0x67756368] as const;

/**
 * All pending migrations in one transaction under a lock: several nodes may start at once, the
 * first one does it. Throws `UnknownMigration` where the database is not this program's.
 */
export async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.beforeMigration();
    await runner.startTransaction();
    try {
      await lockForMigration(runner);
      const kind = isPostgres(runner) ? 'postgresql' : 'sqlite';
      refuseUnknown(await readMigrations(runner, kind, source.migrations));
      await new MigrationExecutor(source, runner).executePendingMigrations();
      await assertForeignKeysHold(runner);
      await runner.commitTransaction();
    } catch (cause) {
      await rollBack(runner);
      throw cause;
    }
  } finally {
    await runner.afterMigration();
    await runner.release();
  }
}

function isPostgres(runner: QueryRunner): boolean {
  return runner.dataSource.options.type === 'postgres';
}

async function lockForMigration(runner: QueryRunner): Promise<void> {
  if (isPostgres(runner)) {
    await runner.query('SELECT pg_advisory_xact_lock($1, $2)', [...migrationLock]);
  } else {
    // Any write takes the lock of the file; there may be no table yet, but there is always this number.
    await runner.query(`PRAGMA user_version = ${userVersion}`);
  }
}

/** SQLite checks no foreign keys while tables are rebuilt, so we look before the commit. */
async function assertForeignKeysHold(runner: QueryRunner): Promise<void> {
  if (isPostgres(runner)) return;
  const broken: unknown = await runner.query('PRAGMA foreign_key_check');
  assert(Array.isArray(broken) && broken.length === 0, 'foreign keys hold after the migrations');
}
