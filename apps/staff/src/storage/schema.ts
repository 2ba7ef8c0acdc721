// The staff part's table and how it came to be.
import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';
import { MatterRow } from './entities.js';

export class FirstTable1763856000000 implements MigrationInterface {
  name = 'FirstTable1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'matter',
        columns: [
          columns.varchar('id', 36, { primary: true }),
          columns.varchar('type', 8),
          columns.text('content'),
          columns.epochMs('takenMs'),
          columns.varchar('outcome', 32, { nullable: true }),
          columns.varchar('closedBy', 16, { nullable: true }),
          columns.epochMs('closedMs', { nullable: true }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('matter');
  }
}

export const entities = [MatterRow];
export const migrations = [FirstTable1763856000000];
