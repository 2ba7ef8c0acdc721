// The kiosk's tables and how they came to be.
import { Table, TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { columns } from '#libs/storage/columns.js';
import { perEngine } from '#libs/storage/per-engine.js';
import { ChargeRow, CounterRow, JournalRow, OutboxRow, PrintJobRow, ReversalRow, VisitRow } from './entities.js';

const tables: readonly Table[] = [
  new Table({
    name: 'journal',
    columns: [
      columns.integer('sequence', { primary: true }),
      columns.epochMs('atMs'),
      columns.varchar('session', 36, { nullable: true }),
      columns.varchar('code', 64),
      columns.text('fields'),
      columns.varchar('previous', 64),
      columns.varchar('hash', 64),
    ],
  }),
  new Table({
    name: 'visit',
    columns: [
      columns.varchar('session', 36, { primary: true }),
      columns.varchar('request', 36),
      columns.varchar('inquiryNumber', 16),
      columns.epochMs('startedMs'),
      columns.integer('feeYen'),
      columns.text('copyHashes'),
      columns.integer('pagesPerCopy'),
      columns.varchar('state', 16),
    ],
    uniques: [{ name: 'visit_inquiry_number', columnNames: ['inquiryNumber'] }],
  }),
  new Table({
    name: 'charge',
    columns: [
      columns.varchar('rrn', 12, { primary: true }),
      columns.varchar('session', 36),
      columns.integer('stan'),
      columns.integer('amountYen'),
      columns.epochMs('sentMs'),
      columns.varchar('approvalCode', 6, { nullable: true }),
      columns.varchar('responseCode', 2, { nullable: true }),
      columns.varchar('state', 16),
    ],
  }),
  new Table({
    name: 'reversal',
    columns: [
      columns.varchar('rrn', 12, { primary: true }),
      columns.integer('stan'),
      columns.epochMs('createdMs'),
      columns.varchar('reason', 2),
      columns.integer('attempts'),
      columns.varchar('state', 16),
    ],
  }),
  new Table({
    name: 'print_job',
    columns: [
      columns.varchar('jobName', 64, { primary: true }),
      columns.varchar('session', 36),
      columns.integer('copy'),
      columns.integer('pages'),
      columns.varchar('outcome', 16),
    ],
    uniques: [{ name: 'print_job_once_a_copy', columnNames: ['session', 'copy'] }],
  }),
  new Table({
    name: 'outbox',
    columns: [
      columns.varchar('id', 36, { primary: true }),
      columns.varchar('kind', 16),
      columns.text('body'),
      columns.epochMs('createdMs'),
      columns.integer('attempts'),
      columns.varchar('state', 16),
    ],
  }),
  new Table({
    name: 'counter',
    columns: [columns.varchar('name', 16, { primary: true }), columns.integer('value')],
  }),
];

export class FirstTables1763856000000 implements MigrationInterface {
  name = 'FirstTables1763856000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await runner.createTable(table.clone());
    }
    await appendOnly(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.dropTable(table.name);
  }
}

/** The reason of a reversal (DE39 of the 0420) must survive a restart. */
export class WhyChargeIsUnknown1763942400000 implements MigrationInterface {
  name = 'WhyChargeIsUnknown1763942400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('charge', new TableColumn(columns.varchar('unknownCause', 16, { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('charge', 'unknownCause');
  }
}

/** What a printer said outlives the visit, for staff; and what a receipt needs outlives a crash. */
export class EvidenceAndReceipt1764028800000 implements MigrationInterface {
  name = 'EvidenceAndReceipt1764028800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('print_job', new TableColumn(columns.text('evidence', { nullable: true })));
    await runner.addColumn('visit', new TableColumn(columns.text('municipality', { nullable: true })));
    await runner.addColumn('visit', new TableColumn(columns.text('certificate', { nullable: true })));
    await runner.addColumn('visit', new TableColumn(columns.varchar('receipt', 16, { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['receipt', 'certificate', 'municipality']) await runner.dropColumn('visit', name);
    await runner.dropColumn('print_job', 'evidence');
  }
}

/** What recovery has to know of a visit that ended before its answer was opened, or before its slip was out. */
export class RequestAndSlip1764115200000 implements MigrationInterface {
  name = 'RequestAndSlip1764115200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('visit', new TableColumn(columns.epochMs('requestedMs', { nullable: true })));
    await runner.addColumn('visit', new TableColumn(columns.varchar('slip', 16, { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('visit', 'slip');
    await runner.dropColumn('visit', 'requestedMs');
  }
}

/** An outcome finds its municipality also where the center does not know the request any more. */
export class WhoWasAsked1764201600000 implements MigrationInterface {
  name = 'WhoWasAsked1764201600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('visit', new TableColumn(columns.varchar('municipalityCode', 6, { nullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('visit', 'municipalityCode');
  }
}

/** The journal only grows: the database refuses anything else, whoever asks. */
async function appendOnly(runner: QueryRunner): Promise<void> {
  await perEngine(runner, {
    sqlite: [
      `CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END`,
      `CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END`,
    ],
    postgres: [
      `CREATE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the journal only grows'; END $$`,
      `CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_only_grows()`,
    ],
  });
}

export const entities = [JournalRow, VisitRow, ChargeRow, ReversalRow, PrintJobRow, OutboxRow, CounterRow];
export const migrations = [
  FirstTables1763856000000,
  WhyChargeIsUnknown1763942400000,
  EvidenceAndReceipt1764028800000,
  RequestAndSlip1764115200000,
  WhoWasAsked1764201600000,
];
