// For the test of the schemas (DESIGN §6): after every migration of every app SQLite and
// PostgreSQL hold the same schema, rows that were there are still there, and at the end
// the schema is what the entities declare.
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { readSchema, type ColumnForm, type SchemaForm, type TableForm } from './schema-form.js';
import { dataSource, migrate, type Database, type EntityClass, type MigrationClass } from './source.js';

export type AppSchema = { readonly entities: readonly EntityClass[]; readonly migrations: readonly MigrationClass[] };

/** One sentence for each difference; empty when they agree. */
export function schemaDifferences(one: SchemaForm, other: SchemaForm): string[] {
  const names = [...new Set([...one, ...other].map((table) => table.name))].sort();
  return names.flatMap((name) => {
    const [a, b] = [one, other].map((schema) => schema.find((table) => table.name === name));
    if (a === undefined || b === undefined) return [`table ${name} is only in ${a === undefined ? 'the other' : 'the one'}`];
    return tableDifferences(a, b);
  });
}

function tableDifferences(a: TableForm, b: TableForm): string[] {
  const parts = ['columns', 'primaryKey', 'indexes', 'foreignKeys', 'triggers'] as const;
  return parts
    .filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]))
    .map((part) => `${a.name}.${part}: ${JSON.stringify(a[part])} is not ${JSON.stringify(b[part])}`);
}

export type Step = {
  readonly migration: string;
  readonly schema: SchemaForm;
  /** Rows that were there before this migration and are not, or not the same, after it. */
  readonly lost: readonly string[];
};
export type Walk = { readonly steps: readonly Step[]; readonly fromEmpty: SchemaForm; readonly drift: readonly string[] };

/**
 * Migrates an empty database one migration at a time, with two sample rows in every table
 * before each step. `fromEmpty` is the schema of a second empty database that got all
 * migrations at once; `drift` holds the statements with which TypeORM would still bring the
 * schema to what the entities declare.
 */
export async function walk(app: AppSchema, databases: { readonly stepwise: Database; readonly atOnce: Database }): Promise<Walk> {
  const steps: Step[] = [];
  for (let count = 1; count <= app.migrations.length; count++) {
    const migrations = app.migrations.slice(0, count);
    const before = await withMigrated({ database: databases.stepwise, entities: [], migrations: migrations.slice(0, -1) }, sampleRows);
    const after = await withMigrated({ database: databases.stepwise, entities: [], migrations }, async (manager) => ({
      schema: await readSchema(manager),
      rows: await readRows(manager),
    }));
    steps.push({ migration: migrations.at(-1)?.name ?? '', schema: after.schema, lost: lostRows(before, after.rows) });
  }
  const end = { database: databases.atOnce, ...app };
  const fromEmpty = await withMigrated(end, readSchema);
  return { steps, fromEmpty, drift: await withMigrated(end, entityDrift) };
}

type Trial = AppSchema & { readonly database: Database };

async function withMigrated<T>(trial: Trial, look: (manager: EntityManager) => Promise<T>): Promise<T> {
  const source = dataSource(trial, 'write');
  await source.initialize();
  try {
    await migrate(source);
    return await look(source.manager);
  } finally {
    await source.destroy();
  }
}

async function entityDrift(manager: EntityManager): Promise<string[]> {
  const missing = await manager.dataSource.driver.createSchemaBuilder().log();
  return missing.upQueries.map((statement) => statement.query);
}

type Rows = ReadonlyMap<string, readonly Record<string, unknown>[]>;

async function readRows(manager: EntityManager): Promise<Rows> {
  const rows = new Map<string, Record<string, unknown>[]>();
  for (const table of await readSchema(manager)) {
    rows.set(table.name, z.array(z.record(z.string(), z.unknown())).parse(await manager.query(`SELECT * FROM "${table.name}"`)));
  }
  return rows;
}

/** A migration may drop a table or a column on purpose; the values of those that stay must stay. */
function lostRows(before: Rows, after: Rows): string[] {
  return [...before].flatMap(([table, rows]) => {
    const left = after.get(table);
    if (left === undefined) return [];
    return rows.filter((row) => !left.some((one) => sameWhereBoth(row, one))).map((row) => `${table}: ${JSON.stringify(row)}`);
  });
}

function sameWhereBoth(row: Record<string, unknown>, other: Record<string, unknown>): boolean {
  return Object.entries(row).every(([column, value]) => !(column in other) || other[column] === value);
}

/** Fills every table that has no rows yet with two, parents first, and returns all rows. */
async function sampleRows(manager: EntityManager): Promise<Rows> {
  const schema = await readSchema(manager);
  const isPostgres = manager.dataSource.options.type === 'postgres';
  for (const table of parentsFirst(schema)) {
    const has = z.array(z.unknown()).parse(await manager.query(`SELECT 1 FROM "${table.name}" LIMIT 1`));
    for (const row of has.length > 0 ? [] : [1, 2]) {
      const names = table.columns.map((column) => `"${column.name}"`).join(', ');
      const marks = table.columns.map((_, at) => (isPostgres ? `$${at + 1}` : '?')).join(', ');
      const values = table.columns.map((column) => sample(column, row));
      await manager.query(`INSERT INTO "${table.name}" (${names}) VALUES (${marks})`, values);
    }
  }
  return readRows(manager);
}

function parentsFirst(schema: SchemaForm): TableForm[] {
  const done: TableForm[] = [];
  let left = [...schema];
  while (left.length > 0) {
    const next = left.filter((table) => table.foreignKeys.every((key) => key.to === table.name || done.some((one) => one.name === key.to)));
    assert(next.length > 0, 'foreign keys do not go round in a circle');
    done.push(...next);
    left = left.filter((table) => !next.includes(table));
  }
  return done;
}

/** Short, so that it fits every length; the same for the same row number, so that foreign keys hold. */
function sample(column: ColumnForm, row: number): string | number | boolean {
  if (column.type === 'integer') return row;
  if (column.type === 'bigint') return 1_800_000_000_000 + row;
  if (column.type === 'boolean') return row === 1;
  return String(row);
}
