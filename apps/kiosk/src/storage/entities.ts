// What a kiosk keeps (DESIGN §4: ids and codes; no name, no PAN, no PIN block, no certificate).
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { safeInteger } from '#libs/storage/columns.js';
import type { UnknownCause } from '../host-link/host-link.js';

@Entity('journal')
export class JournalRow {
  @PrimaryColumn('integer') declare sequence: number;
  @Column('bigint', { transformer: safeInteger }) declare atMs: number;
  @Column('varchar', { length: 36, nullable: true }) declare session: string | null;
  @Column('varchar', { length: 64 }) declare code: string;
  @Column('text') declare fields: string;
  @Column('varchar', { length: 64 }) declare previous: string;
  @Column('varchar', { length: 64 }) declare hash: string;
}

/** One visit with a session. `open` rows are what recovery looks at after a crash. */
@Entity('visit')
@Unique('visit_inquiry_number', ['inquiryNumber'])
export class VisitRow {
  @PrimaryColumn('varchar', { length: 36 }) declare session: string;
  @Column('varchar', { length: 36 }) declare request: string;
  @Column('varchar', { length: 16 }) declare inquiryNumber: string;
  @Column('bigint', { transformer: safeInteger }) declare startedMs: number;
  /** When the signed request was about to leave; null: nobody was asked for a certificate. */
  @Column('bigint', { nullable: true, transformer: safeInteger }) declare requestedMs: number | null;
  /** Who was asked: the code. The outcome names it; null in a row that is older than this column. */
  @Column('varchar', { length: 6, nullable: true }) declare municipalityCode: string | null;
  @Column('integer') declare feeYen: number;
  /** SHA-256 of each copy's PDF, comma-separated; empty until the bundle was checked. */
  @Column('text') declare copyHashes: string;
  @Column('integer') declare pagesPerCopy: number;
  /** For the receipt, also after a crash: the payee's name. No person's. */
  @Column('text', { nullable: true }) declare municipality: string | null;
  /** For the receipt: what the certificate is called. */
  @Column('text', { nullable: true }) declare certificate: string | null;
  /** `begun` before the receipt's first octet leaves, `printed` when its printer has said so; null: none was begun. */
  @Column('varchar', { length: 16, nullable: true }) declare receipt: 'begun' | 'printed' | null;
  /** `printed` when its printer has said so; the numbered slip may come twice, but not never. */
  @Column('varchar', { length: 16, nullable: true }) declare slip: 'printed' | null;
  /** `open` until everything that has to be undone or told is written down. */
  @Column('varchar', { length: 16 }) declare state: 'open' | 'settled';
}

/** A charge from before its 0200 leaves. Times are the fields of the message, for its reversal. */
@Entity('charge')
export class ChargeRow {
  @PrimaryColumn('varchar', { length: 12 }) declare rrn: string;
  @Column('varchar', { length: 36 }) declare session: string;
  @Column('integer') declare stan: number;
  @Column('integer') declare amountYen: number;
  @Column('bigint', { transformer: safeInteger }) declare sentMs: number;
  /** DE38 of the 0210. */
  @Column('varchar', { length: 6, nullable: true }) declare approvalCode: string | null;
  @Column('varchar', { length: 2, nullable: true }) declare responseCode: string | null;
  /** Why nobody knows whether it was posted: the reason of its reversal follows from it. */
  @Column('varchar', { length: 16, nullable: true }) declare unknownCause: UnknownCause | null;
  @Column('varchar', { length: 16 }) declare state: 'pending' | 'posted' | 'declined' | 'unknown' | 'reversing' | 'reversed' | 'case';
}

/** 0420/0421, stored and sent until answered. It holds no PAN: the bank finds the original by DE90, DE37, DE41. */
@Entity('reversal')
export class ReversalRow {
  @PrimaryColumn('varchar', { length: 12 }) declare rrn: string;
  @Column('integer') declare stan: number;
  @Column('bigint', { transformer: safeInteger }) declare createdMs: number;
  /** DE39 of the 0420. */
  @Column('varchar', { length: 2 }) declare reason: string;
  @Column('integer') declare attempts: number;
  @Column('varchar', { length: 16 }) declare state: 'waiting' | 'answered' | 'refused';
}

/** One IPP job, written down before it is sent; its name is ours. */
@Entity('print_job')
@Unique('print_job_once_a_copy', ['session', 'copy'])
export class PrintJobRow {
  @PrimaryColumn('varchar', { length: 64 }) declare jobName: string;
  @Column('varchar', { length: 36 }) declare session: string;
  @Column('integer') declare copy: number;
  @Column('integer') declare pages: number;
  @Column('varchar', { length: 16 }) declare outcome: 'intended' | 'printed' | 'not-printed' | 'uncertain';
  /** JSON of what the printer said (libs/contract/staff.ts, PrintSighting); null before the outcome. */
  @Column('text', { nullable: true }) declare evidence: string | null;
}

/** What must reach somebody else, however long it takes: outcomes, cases, calls. */
@Entity('outbox')
export class OutboxRow {
  @PrimaryColumn('varchar', { length: 36 }) declare id: string;
  @Column('varchar', { length: 16 }) declare kind: 'outcome' | 'case' | 'call';
  @Column('text') declare body: string;
  @Column('bigint', { transformer: safeInteger }) declare createdMs: number;
  @Column('integer') declare attempts: number;
  @Column('varchar', { length: 16 }) declare state: 'waiting' | 'taken' | 'refused';
}

/** Counters that never go back: the STAN. */
@Entity('counter')
export class CounterRow {
  @PrimaryColumn('varchar', { length: 16 }) declare name: string;
  @Column('integer') declare value: number;
}
