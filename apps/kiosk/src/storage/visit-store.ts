// The visits and their print jobs: what recovery needs to know after a crash.
import { In, IsNull } from 'typeorm';
import { printSightingSchema, type PrintEvidence, type PrintSighting } from '#libs/contract/staff.js';
import type { SessionIds } from '#libs/session/state.js';
import type { Store } from '#libs/storage/store.js';
import { PrintJobRow, VisitRow } from './entities.js';

export type PrintOutcomeName = 'printed' | 'not-printed' | 'uncertain';

export type CheckedCopies = {
  readonly feeYen: number;
  readonly pdfHashes: readonly string[];
  readonly pagesPerCopy: number;
  /** The payee's name and what the certificate is called: no person's data. */
  readonly municipality: string;
  readonly certificate: string;
};

export class VisitStore {
  constructor(private readonly store: Store) {}

  async begin(ids: SessionIds, startedMs: number): Promise<void> {
    const { session, request, inquiryNumber } = ids;
    const unknown = { requestedMs: null, municipalityCode: null, municipality: null, certificate: null, receipt: null, slip: null };
    const blank = { feeYen: 0, copyHashes: '', pagesPerCopy: 0, ...unknown, state: 'open' as const };
    await this.store.write((transaction) => transaction.insert(VisitRow, { session, request, inquiryNumber, startedMs, ...blank }));
  }

  /** Before the signed request leaves: from now on somebody may be making the copies. */
  async recordRequested(session: string, asked: { readonly requestedMs: number; readonly municipalityCode: string }): Promise<void> {
    const { requestedMs, municipalityCode } = asked;
    await this.store.write((transaction) => transaction.update(VisitRow, { session, state: 'open' }, { requestedMs, municipalityCode }));
  }

  /** What the checked bundle holds, and what a receipt of it will say, before anything is charged. */
  async recordCopies(session: string, checked: CheckedCopies): Promise<void> {
    const { pdfHashes, ...rest } = checked;
    const copyHashes = pdfHashes.join(',');
    await this.store.write((transaction) => transaction.update(VisitRow, { session, state: 'open' }, { ...rest, copyHashes }));
  }

  /** Before the first octet leaves. */
  async beginReceipt(session: string): Promise<void> {
    await this.store.write((transaction) => transaction.update(VisitRow, { session, receipt: IsNull() }, { receipt: 'begun' }));
  }

  async recordReceiptPrinted(session: string): Promise<void> {
    await this.store.write((transaction) => transaction.update(VisitRow, { session }, { receipt: 'printed' }));
  }

  async recordSlipPrinted(session: string): Promise<void> {
    await this.store.write((transaction) => transaction.update(VisitRow, { session }, { slip: 'printed' }));
  }

  get(session: string): Promise<VisitRow> {
    return this.store.read.findOneByOrFail(VisitRow, { session });
  }

  async settle(session: string): Promise<void> {
    await this.store.write((transaction) => transaction.update(VisitRow, { session }, { state: 'settled' }));
  }

  findOpen(): Promise<VisitRow[]> {
    return this.store.read.find(VisitRow, { where: { state: 'open' }, order: { startedMs: 'ASC' } });
  }

  find(session: string): Promise<VisitRow | null> {
    return this.store.read.findOneBy(VisitRow, { session });
  }

  /** The intention, before the job is sent. A second job for the same copy is refused by the database. */
  async intendPrint(job: { jobName: string; session: string; copy: number; pages: number }): Promise<void> {
    await this.store.write((transaction) => transaction.insert(PrintJobRow, { ...job, outcome: 'intended', evidence: null }));
  }

  /** The outcome with what it rests on; the first one stands. */
  async recordPrint(jobName: string, outcome: PrintOutcomeName, seen: PrintSighting): Promise<void> {
    const evidence = JSON.stringify(seen);
    await this.store.write((transaction) => transaction.update(PrintJobRow, { jobName, outcome: 'intended' }, { outcome, evidence }));
  }

  /** Of every job of the visit whose outcome is written down, the first copy first. */
  async printEvidence(session: string): Promise<PrintEvidence[]> {
    return (await this.printJobs(session)).flatMap(({ jobName, copy, pages, outcome, evidence }) =>
      outcome === 'intended' || evidence === null
        ? []
        : [{ jobName, copy, pages, outcome, ...printSightingSchema.parse(JSON.parse(evidence)) }],
    );
  }

  printJobs(session: string): Promise<PrintJobRow[]> {
    return this.store.read.find(PrintJobRow, { where: { session }, order: { copy: 'ASC' } });
  }

  unsettledPrintJobs(): Promise<PrintJobRow[]> {
    return this.store.read.find(PrintJobRow, { where: { outcome: In(['intended']) } });
  }
}

/** SHA-256 of each copy's PDF, in the order of the copies; none before the bundle was checked. */
export function copyHashesOf({ copyHashes }: Pick<VisitRow, 'copyHashes'>): readonly string[] {
  return copyHashes === '' ? [] : copyHashes.split(',');
}
