// SQL that has to be written twice: partial indexes with an expression, triggers, row
// security. The test of the schemas compares the names of what was made.
import type { QueryRunner } from 'typeorm';

export type EngineSql = { readonly sqlite: string | readonly string[]; readonly postgres: string | readonly string[] };

/** Runs the statements of the engine at hand, in order. */
export async function perEngine(queryRunner: QueryRunner, sql: EngineSql): Promise<void> {
  const chosen = queryRunner.dataSource.options.type === 'postgres' ? sql.postgres : sql.sqlite;
  for (const statement of typeof chosen === 'string' ? [chosen] : chosen) await queryRunner.query(statement);
}
