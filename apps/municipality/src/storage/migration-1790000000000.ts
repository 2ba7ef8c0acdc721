// The first schema: registers, card links, offers, requests, copies, refusals.
import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';
import { perEngine } from '#libs/storage/per-engine.js';

const registers: readonly Table[] = [
  new Table({
    name: 'register_state',
    columns: [
      columns.integer('id', { primary: true }),
      columns.varchar('municipality', 6),
      columns.varchar('prefecture', 64),
      columns.varchar('name', 64),
      columns.bigint('eventNumber'),
      columns.text('settings'),
      columns.boolean('stopped'),
      columns.bigint('lastCertificateNumber'),
      columns.bigint('lastPush'),
      columns.boolean('pushAllWanted'),
    ],
  }),
  new Table({
    name: 'residents',
    columns: [columns.varchar('residentNumber', 15, { primary: true }), columns.varchar('household', 15), columns.text('entry')],
    indices: [{ name: 'residents_household', columnNames: ['household'] }],
  }),
  new Table({
    name: 'card_links',
    columns: [
      columns.varchar('caKeyId', 40, { primary: true }),
      columns.varchar('serial', 40, { primary: true }),
      columns.varchar('residentNumber', 15),
      columns.epochMs('usableFromMs'),
      columns.varchar('state', 8),
      columns.varchar('origin', 8),
    ],
  }),
  new Table({
    name: 'card_link_pushes',
    columns: [
      columns.bigint('sequence', { primary: true }),
      columns.text('links'),
      columns.bigint('allFrom', { nullable: true }),
      columns.boolean('isLast'),
      columns.epochMs('takenAtMs', { nullable: true }),
      columns.varchar('refusal', 64, { nullable: true }),
    ],
  }),
];

const issuance: readonly Table[] = [
  new Table({
    name: 'offers',
    columns: [
      columns.varchar('offer', 36, { primary: true }),
      columns.varchar('session', 36),
      columns.varchar('kiosk', 8),
      columns.varchar('residentNumber', 15),
      columns.varchar('caKeyId', 40),
      columns.varchar('serial', 40),
      columns.varchar('sessionKeyId', 43),
      columns.text('terms'),
      columns.epochMs('validUntilMs'),
    ],
  }),
  new Table({
    name: 'requests',
    columns: [
      columns.varchar('request', 36, { primary: true }),
      columns.varchar('session', 36),
      columns.varchar('kiosk', 8),
      columns.varchar('offer', 36),
      columns.varchar('statementSha256', 64),
      columns.varchar('residentNumber', 15),
      columns.varchar('kind', 32),
      columns.integer('feeYen'),
      columns.varchar('state', 16),
      columns.varchar('settingsVersion', 32),
      columns.bigint('registerVersion'),
      columns.text('verdict'),
      columns.text('evidence', { nullable: true }),
      columns.text('bundle', { nullable: true }),
      columns.epochMs('createdMs'),
      columns.epochMs('expiresMs'),
    ],
    indices: [
      { name: 'requests_session', columnNames: ['session'], isUnique: true },
      { name: 'requests_expires', columnNames: ['expiresMs'] },
    ],
  }),
  new Table({
    name: 'copies',
    columns: [
      columns.varchar('request', 36, { primary: true }),
      columns.integer('copy', { primary: true }),
      columns.integer('attempt', { primary: true }),
      columns.varchar('certificateNumber', 32),
      columns.varchar('pdfSha256', 64, { nullable: true }),
      columns.varchar('state', 16),
      columns.epochMs('changedMs'),
    ],
    indices: [{ name: 'copies_certificate_number', columnNames: ['certificateNumber'], isUnique: true }],
  }),
  new Table({
    name: 'refusals',
    columns: [
      columns.varchar('id', 36, { primary: true }),
      columns.epochMs('atMs'),
      columns.varchar('step', 8),
      columns.varchar('kiosk', 8),
      columns.varchar('session', 36),
      columns.varchar('request', 36, { nullable: true }),
      columns.varchar('residentNumber', 15, { nullable: true }),
      columns.varchar('reason', 40),
      columns.varchar('detail', 200, { nullable: true }),
    ],
  }),
];

export class RegistersAndIssuance1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [...registers, ...issuance]) await runner.createTable(table);
    await perEngine(runner, {
      sqlite: ['UPDATE', 'DELETE'].map(
        (act) =>
          `CREATE TRIGGER refusals_${act.toLowerCase()} BEFORE ${act} ON "refusals" BEGIN SELECT RAISE(ABORT, 'refusals are kept as written'); END`,
      ),
      postgres: [
        `CREATE FUNCTION refusals_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refusals are kept as written'; END $$`,
        ...['UPDATE', 'DELETE'].map(
          (act) => `CREATE TRIGGER refusals_${act.toLowerCase()} BEFORE ${act} ON "refusals" FOR EACH ROW EXECUTE FUNCTION refusals_kept()`,
        ),
      ],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...registers, ...issuance].toReversed()) await runner.dropTable(table.name);
    await perEngine(runner, { sqlite: [], postgres: 'DROP FUNCTION refusals_kept()' });
  }
}
