// What a schema is, said the same for both engines: enough to see that two databases
// accept and refuse the same rows. Sources: SQLite's PRAGMA functions, PostgreSQL's
// information_schema and pg_catalog.
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

export type ColumnForm = { readonly name: string; readonly type: string; readonly nullable: boolean };
export type IndexForm = {
  /** Empty for the one behind a UNIQUE clause or a primary key, which the engines name differently. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** Only over some rows; the conditions themselves are spelt differently by the engines and are not compared. */
  readonly partial: boolean;
};
export type ForeignKeyForm = { readonly columns: readonly string[]; readonly to: string; readonly toColumns: readonly string[] };
export type TableForm = {
  readonly name: string;
  readonly columns: readonly ColumnForm[];
  readonly primaryKey: readonly string[];
  readonly indexes: readonly IndexForm[];
  readonly foreignKeys: readonly ForeignKeyForm[];
  /** `before update`, `before delete` …: SQLite needs a trigger for each event, PostgreSQL has one for several. */
  readonly triggers: readonly string[];
};
export type SchemaForm = readonly TableForm[];

/** TypeORM's own. */
const bookkeeping = new Set(['migrations', 'typeorm_metadata']);

const nameRows = z.array(z.object({ name: z.string() }));

/** The tables of the database behind `manager`, in the order of their names. */
export async function readSchema(manager: EntityManager): Promise<SchemaForm> {
  const isPostgres = manager.dataSource.options.type === 'postgres';
  const names = isPostgres
    ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`
    : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`;
  const tables = nameRows
    .parse(await manager.query(names))
    .map((row) => row.name)
    .filter((name) => !bookkeeping.has(name))
    .sort();
  const forms: TableForm[] = [];
  for (const table of tables) forms.push(isPostgres ? await postgresTable(manager, table) : await sqliteTable(manager, table));
  return forms;
}

/** `character varying(36)` and `varchar(36)` are one; so are the spellings of whole numbers. */
export function typeForm(declared: string): string {
  const type = declared.toLowerCase().replace('character varying', 'varchar').replace(/\s+/g, '');
  return type === 'int' || type === 'int4' ? 'integer' : type === 'int8' ? 'bigint' : type === 'bool' ? 'boolean' : type;
}

function inOrder(form: Omit<TableForm, 'name'> & { readonly name: string }): TableForm {
  const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return {
    ...form,
    columns: [...form.columns].sort(byText),
    indexes: [...form.indexes].sort(byText),
    foreignKeys: [...form.foreignKeys].sort(byText),
    triggers: [...new Set(form.triggers)].sort(),
  };
}

const sqliteColumns = z.array(z.object({ name: z.string(), type: z.string(), notnull: z.int(), pk: z.int() }));
const sqliteIndexes = z.array(z.object({ name: z.string(), unique: z.int(), origin: z.string(), partial: z.int() }));
const sqliteIndexColumns = z.array(z.object({ seqno: z.int(), name: z.string().nullable() }));
const sqliteForeignKeys = z.array(z.object({ id: z.int(), seq: z.int(), table: z.string(), from: z.string(), to: z.string() }));

async function sqliteTable(manager: EntityManager, table: string): Promise<TableForm> {
  const columns = sqliteColumns.parse(await manager.query(`SELECT name, type, "notnull", pk FROM pragma_table_info(?)`, [table]));
  const indexes = sqliteIndexes.parse(await manager.query(`SELECT name, "unique", origin, partial FROM pragma_index_list(?)`, [table]));
  const indexForms: IndexForm[] = [];
  for (const index of indexes.filter((one) => one.origin !== 'pk')) {
    const parts = sqliteIndexColumns.parse(
      await manager.query(`SELECT seqno, name FROM pragma_index_info(?) ORDER BY seqno`, [index.name]),
    );
    indexForms.push({
      name: index.origin === 'c' ? index.name : '',
      columns: parts.map((part) => part.name ?? '(expression)'),
      unique: index.unique === 1,
      partial: index.partial === 1,
    });
  }
  const keys = sqliteForeignKeys.parse(
    await manager.query(`SELECT id, seq, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq`, [table]),
  );
  const triggers = nameRows.parse(
    await manager.query(`SELECT sql AS name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`, [table]),
  );
  return inOrder({
    name: table,
    columns: columns.map((column) => ({
      name: column.name,
      type: typeForm(column.type),
      nullable: column.notnull === 0 && column.pk === 0,
    })),
    primaryKey: columns
      .filter((column) => column.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    indexes: indexForms,
    foreignKeys: [...new Set(keys.map((key) => key.id))].map((id) => {
      const parts = keys.filter((key) => key.id === id);
      return { columns: parts.map((part) => part.from), to: parts[0]?.table ?? '', toColumns: parts.map((part) => part.to) };
    }),
    triggers: triggers.map((row) => sqliteTrigger(row.name)),
  });
}

/** From the words that made it; `before` is what SQLite takes where none stands. */
function sqliteTrigger(sql: string): string {
  const [, timing = 'before', event = ''] = /\b(before|after|instead of)?\s+(insert|update|delete)\b/i.exec(sql) ?? [];
  return `${timing} ${event}`.toLowerCase();
}

const postgresColumns = z.array(z.object({ name: z.string(), type: z.string(), nullable: z.boolean() }));
const postgresIndexes = z.array(
  z.object({
    name: z.string(),
    columns: z.array(z.string()),
    unique: z.boolean(),
    primary: z.boolean(),
    partial: z.boolean(),
    named: z.boolean(),
  }),
);
const postgresForeignKeys = z.array(z.object({ columns: z.array(z.string()), to: z.string(), toColumns: z.array(z.string()) }));

const postgresQueries = {
  columns: `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS nullable
    FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
  indexes: `SELECT c.relname AS name, i.indisunique AS unique, i.indisprimary AS primary, i.indpred IS NOT NULL AS partial,
      NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype = 'u') AS named,
      ARRAY(SELECT COALESCE(a.attname::text, '(expression)') FROM unnest(i.indkey) WITH ORDINALITY AS k(attnum, position)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum > 0 ORDER BY k.position) AS columns
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = $1::regclass`,
  foreignKeys: `SELECT f.relname AS "to",
      ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS p(attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.attnum ORDER BY p.position) AS columns,
      ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS p(attnum, position)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.attnum ORDER BY p.position) AS "toColumns"
    FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid WHERE k.conrelid = $1::regclass AND k.contype = 'f'`,
  triggers: `SELECT DISTINCT lower(action_timing || ' ' || event_manipulation) AS name FROM information_schema.triggers
    WHERE event_object_schema = current_schema() AND '"' || event_object_table || '"' = $1`,
} as const;

async function postgresTable(manager: EntityManager, table: string): Promise<TableForm> {
  const ask = (sql: string): Promise<unknown> => manager.query(sql, [`"${table}"`]);
  const columns = postgresColumns.parse(await ask(postgresQueries.columns));
  const indexes = postgresIndexes.parse(await ask(postgresQueries.indexes));
  return inOrder({
    name: table,
    columns: columns.map((column) => ({ ...column, type: typeForm(column.type) })),
    primaryKey: indexes.find((index) => index.primary)?.columns ?? [],
    indexes: indexes
      .filter((index) => !index.primary)
      .map(({ name, columns: parts, unique, partial, named }) => ({ name: named ? name : '', columns: parts, unique, partial })),
    foreignKeys: postgresForeignKeys.parse(await ask(postgresQueries.foreignKeys)),
    triggers: nameRows.parse(await ask(postgresQueries.triggers)).map((row) => row.name),
  });
}
