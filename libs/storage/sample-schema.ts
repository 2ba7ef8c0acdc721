// A small schema for the tests of the storage itself: two tables, two migrations, and
// migrations that are wrong in ways that the comparison must notice.
import { Column, Entity, Index, PrimaryColumn, Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns, safeInteger } from './columns.js';
import { perEngine } from './per-engine.js';

@Entity('counters')
@Index('counters_owner', ['owner'], { unique: true, where: '"open"' })
export class Counter {
  @PrimaryColumn('varchar', { length: 36 })
  declare id: string;
  @Column('varchar', { length: 36 })
  declare owner: string;
  @Column('boolean')
  declare open: boolean;
  @Column('integer')
  declare value: number;
  @Column('bigint', { transformer: safeInteger, nullable: true })
  declare changedMs: number | null;
}

export class Counters1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'counters',
        columns: [
          columns.varchar('id', 36, { primary: true }),
          columns.varchar('owner', 36),
          columns.boolean('open'),
          columns.integer('value'),
        ],
        indices: [{ name: 'counters_owner', columnNames: ['owner'], isUnique: true, where: '"open"' }],
      }),
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('counters');
  }
}

export class CountersChanged1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('counters', new TableColumn(columns.epochMs('changedMs', { nullable: true })));
    await perEngine(runner, {
      sqlite: `CREATE TRIGGER "counters_keep" BEFORE DELETE ON "counters" BEGIN SELECT RAISE(ABORT, 'kept'); END`,
      postgres: [
        `CREATE FUNCTION "counters_keep"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$`,
        `CREATE TRIGGER "counters_keep" BEFORE DELETE ON "counters" FOR EACH ROW EXECUTE FUNCTION "counters_keep"()`,
      ],
    });
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('counters', 'changedMs');
  }
}

/** What `changeColumn` does to a column of another length on PostgreSQL: drops it and makes it anew. */
export class ValueAnew1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('counters', 'value');
    await runner.addColumn('counters', new TableColumn({ ...columns.integer('value'), default: '0' }));
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('counters', 'value');
  }
}

/** An index that only one engine gets. */
export class OneSided1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await perEngine(runner, { sqlite: [], postgres: 'CREATE INDEX "counters_value" ON "counters" ("value")' });
  }
  async down(runner: QueryRunner): Promise<void> {
    await perEngine(runner, { sqlite: [], postgres: 'DROP INDEX "counters_value"' });
  }
}
