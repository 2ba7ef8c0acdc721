// Whose word an outcome is: of a request that the center does not know any more, each kiosk
// speaks for itself, and none can stand in the way of another.
import { TableColumn, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';

const order = (...columnNames: string[]): TableIndex => new TableIndex({ name: 'outcomes_order', columnNames, isUnique: true });

export class OutcomesByKiosk1790000200000 implements MigrationInterface {
  readonly name = 'OutcomesByKiosk1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outcomes', 'outcomes_order');
    await runner.addColumn('outcomes', new TableColumn({ ...columns.varchar('kiosk', 8), default: "''" }));
    await runner.query(`UPDATE "outcomes" SET "kiosk" =
      COALESCE((SELECT "kiosk" FROM "requests" WHERE "requests"."request" = "outcomes"."request"), '')`);
    await runner.createIndex('outcomes', order('request', 'kiosk', 'position'));
  }

  /** Refused by the database where two kiosks have spoken of one request. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outcomes', 'outcomes_order');
    await runner.dropColumn('outcomes', 'kiosk');
    await runner.createIndex('outcomes', order('request', 'position'));
  }
}
