// The cards that OCSP said were revoked: no list older than that makes them good again.
import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';

const { varchar, epochMs } = columns;

const revokedCards = new Table({
  name: 'revoked_cards',
  columns: [varchar('tag', 64, { primary: true }), epochMs('toldMs')],
});

export class RevokedCards1790000100000 implements MigrationInterface {
  readonly name = 'RevokedCards1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(revokedCards);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(revokedCards);
  }
}
