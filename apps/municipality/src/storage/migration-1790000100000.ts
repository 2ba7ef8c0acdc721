// Requests that their kiosk gave up before they came.
import { Table, TableIndex, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';

const { varchar, epochMs } = columns;

const abandonedRequests = new Table({
  name: 'abandoned_requests',
  columns: [
    varchar('request', 36, { primary: true }),
    varchar('kiosk', 8, { primary: true }),
    varchar('session', 36, { primary: true }),
    epochMs('atMs'),
  ],
  indices: [new TableIndex({ name: 'abandoned_requests_at', columnNames: ['atMs'] })],
});

export class AbandonedRequests1790000100000 implements MigrationInterface {
  readonly name = 'AbandonedRequests1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(abandonedRequests);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(abandonedRequests);
  }
}
