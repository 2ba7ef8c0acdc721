// The first half of step 12: nothing is charged unless the paper can come out and the
// money could come back (DESIGN §3 step 12; reference: payment §5 "Before 0200").
import type { CardReader } from '#devices/card-reader/port.js';
import type { PinPad } from '#devices/pin-pad/port.js';
import type { Printer, PrinterStatus } from '#devices/printer/port.js';
import type { ReceiptPrinter } from '#devices/receipt-printer/port.js';
import { limits } from '../limits.js';
import type { ChargeStore } from '../storage/charge-store.js';
import type { VisitStore } from '../storage/visit-store.js';

export type ReadinessParts = {
  readonly printer: Pick<Printer, 'status'>;
  readonly receiptPrinter: Pick<ReceiptPrinter, 'isReady'>;
  readonly pinPad: Pick<PinPad, 'isReady'>;
  readonly cashCardReader: Pick<CardReader, 'presence'>;
  readonly isSignedOn: () => boolean;
  readonly charges: Pick<ChargeStore, 'countWaitingReversals'>;
  readonly visits: Pick<VisitStore, 'unsettledPrintJobs'>;
};

export type Needed = {
  /** False: no bank, no PIN pad and no cash card are needed. */
  readonly withFee: boolean;
  /** Of all copies together; one sheet a page. */
  readonly sheets: number;
};

/** The code of the first thing that is missing, or null. */
export async function findUnready(parts: ReadinessParts, { withFee, sheets }: Needed): Promise<string | null> {
  const status = await parts.printer.status();
  if (!status.ok) return 'printer-not-ready';
  const paper = findUnreadyPrinter(status.value, sheets);
  if (paper !== null) return paper;
  if ((await parts.visits.unsettledPrintJobs()).length > 0) return 'printer-not-ready';
  if (!(await parts.receiptPrinter.isReady())) return 'receipt-printer-not-ready';
  if (!withFee) return null;
  if (parts.cashCardReader.presence() === 'reader-gone') return 'reader-unavailable';
  if ((await parts.charges.countWaitingReversals()) >= limits.waitingReversals) return 'reversals-waiting';
  if (!parts.isSignedOn()) return 'bank-not-ready';
  return (await parts.pinPad.isReady()) ? null : 'pin-pad-not-ready';
}

/** What the device does not say is not held against it; what it says is. */
export function findUnreadyPrinter(status: PrinterStatus, sheets: number): string | null {
  const says = (keyword: string): boolean => status.reasons.some((reason) => reason.startsWith(keyword) && !reason.endsWith('-report'));
  if (says('media-empty') || says('media-needed')) return 'printer-out-of-paper';
  if (status.sheetsLeft !== null && status.sheetsLeft < sheets) return 'printer-out-of-paper';
  if (status.mediaReady !== null && !status.mediaReady.some((media) => media.startsWith('iso_a4'))) return 'printer-out-of-paper';
  if (status.state === 'stopped' || status.state === 'processing' || status.acceptingJobs === false) return 'printer-not-ready';
  if (status.queuedJobs !== null && status.queuedJobs > 0) return 'printer-not-ready';
  const blocking = ['media-jam', 'door-open', 'cover-open', 'toner-empty', 'marker-supply-empty', 'paused', 'shutdown'];
  return blocking.some(says) ? 'printer-not-ready' : null;
}
