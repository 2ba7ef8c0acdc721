// For tests: the stores of a kiosk on a disk of their own, and a slip printer whose paper can
// be read. Nobody in it exists.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import type { ReceiptPrinterFault } from '#devices/receipt-printer/port.js';
import { ecPrivateJwk } from '#libs/contract/base.js';
import { callSchema, caseSchema, type Call, type Case } from '#libs/contract/staff.js';
import { emptyVisit, type CopyState, type Visit } from '#libs/session/state.js';
import { choice } from '#libs/session/fixture.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { err, ok } from '#libs/std/result.js';
import { openStores, type OpenStores } from '../parts.js';
import { PaperTrail } from './paper-trail.js';

export const ids = {
  session: 'aaaaaaaa-0000-4000-8000-000000000001',
  request: 'bbbbbbbb-0000-4000-8000-000000000001',
  inquiryNumber: '123-456-7890',
};
export const feeYen = 300;
export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type Paper = {
  readonly folder: string;
  readonly stores: OpenStores;
  readonly trail: PaperTrail;
  /** Each slip as its text. */
  readonly slips: string[];
  /** What the slip printer answers from now on; it prints nothing then. */
  fault: ReceiptPrinterFault | null;
  calls(): Promise<Call[]>;
  cases(): Promise<Case[]>;
  close(): Promise<void>;
};

export async function openPaper(): Promise<Paper> {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-kiosk-'));
  const stores = await openStores(join(folder, 'kiosk.db'));
  const { kty, crv, x, y, d } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const slips: string[] = [];
  const bodies = async (kind: 'call' | 'case'): Promise<unknown[]> =>
    (await stores.outbox.waiting([kind])).map(({ body }): unknown => JSON.parse(body));
  const trail = new PaperTrail({
    ...stores,
    kiosk: 'KSK00001',
    branch: 'BR0001',
    collector: '架空銀行',
    key: ecPrivateJwk.parse({ kty, crv, x, y, d }),
    receiptPrinter: {
      description: 'paper that can be read',
      isReady: async () => true,
      print: async (lines) => {
        if (paper.fault !== null) return err(paper.fault);
        slips.push(lines.map(({ text }) => text).join('\n'));
        return ok(undefined);
      },
      close: async () => undefined,
    },
    wake: () => undefined,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
  });
  const paper: Paper = {
    folder,
    stores,
    trail,
    slips,
    fault: null,
    calls: async () => (await bodies('call')).map((body) => callSchema.parse(body)),
    cases: async () => (await bodies('case')).map((body) => caseSchema.parse(body)),
    close: async () => {
      await stores.close();
      rmSync(folder, { recursive: true });
    },
  };
  return paper;
}

/** Checked, paid, and its one job of so many pages written down; the RRN of the charge. */
export async function paidAndPrinting({ visits, charges }: OpenStores, pages: number): Promise<string> {
  const named = { municipality: '窓口県汐見台市', certificate: '住民票の写し' };
  await visits.begin(ids, 0);
  await visits.recordCopies(ids.session, { ...named, feeYen, pdfHashes: ['0'.repeat(64)], pagesPerCopy: pages });
  // 2026-11-23 10:30 in Japan.
  const { rrn } = await charges.intend({ session: ids.session, amountYen: feeYen, nowMs: Date.UTC(2026, 10, 23, 1, 30) });
  await charges.record(rrn, { state: 'posted', responseCode: '00', approvalCode: 'A00012' });
  await visits.intendPrint({ jobName: `${ids.request}-1-1`, session: ids.session, copy: 1, pages });
  return rrn;
}

export function paidVisit(copy: CopyState): Visit {
  return { ...emptyVisit, ids, chosen: { choice, copies: 1, feeYen }, requested: true, copies: [copy], pagesPerCopy: 1, charge: 'posted' };
}
