// The first tables of the center.
import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';

const { varchar, text, integer, bigint, epochMs } = columns;

const tables = [
  new Table({
    name: 'sessions',
    columns: [
      varchar('session', 36, { primary: true }),
      varchar('kiosk', 8),
      varchar('openingSha256', 64),
      varchar('sessionKey', 255),
      varchar('nonce', 86),
      varchar('tokenSha256', 64),
      varchar('state', 16),
      integer('fence'),
      varchar('municipality', 6, { nullable: true }),
      varchar('certificateTag', 64, { nullable: true }),
      varchar('loginSha256', 64, { nullable: true }),
      text('loginAnswer', { nullable: true }),
      epochMs('openedMs'),
      epochMs('expiresMs'),
    ],
    indices: [{ name: 'sessions_expires', columnNames: ['expiresMs'] }],
  }),
  new Table({
    name: 'requests',
    columns: [
      varchar('request', 36, { primary: true }),
      varchar('session', 36),
      varchar('kiosk', 8),
      varchar('municipality', 6),
      varchar('statementSha256', 64),
      varchar('state', 16),
      text('answer', { nullable: true }),
      epochMs('createdMs'),
    ],
    // One session yields at most one request (DESIGN §3, step 7): the database says so too.
    indices: [{ name: 'requests_session', columnNames: ['session'], isUnique: true }],
  }),
  new Table({
    name: 'outcomes',
    columns: [
      varchar('contentSha256', 64, { primary: true }),
      varchar('request', 36),
      integer('position'),
      varchar('municipality', 6),
      text('outcome'),
      varchar('state', 16),
      integer('attempts'),
      epochMs('nextMs'),
      epochMs('storedMs'),
    ],
    indices: [
      { name: 'outcomes_due', columnNames: ['state', 'nextMs'] },
      { name: 'outcomes_order', columnNames: ['request', 'position'], isUnique: true },
    ],
  }),
  new Table({
    name: 'card_links',
    columns: [
      varchar('tag', 64, { primary: true }),
      varchar('municipality', 6, { primary: true }),
      varchar('state', 8),
      epochMs('usableFromMs'),
      bigint('sequence'),
    ],
  }),
  new Table({
    name: 'card_link_feeds',
    columns: [
      varchar('municipality', 6, { primary: true }),
      bigint('sequence'),
      varchar('contentSha256', 64),
      bigint('allFrom', { nullable: true }),
      varchar('tagKeyId', 64),
    ],
  }),
];

export class FirstTables1790000000000 implements MigrationInterface {
  readonly name = 'FirstTables1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.createTable(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.dropTable(table);
  }
}
