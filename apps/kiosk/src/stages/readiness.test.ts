import { expect, it } from 'vitest';
import type { CardPresence } from '#devices/card-reader/port.js';
import type { PrinterStatus } from '#devices/printer/port.js';
import { ok } from '#libs/std/result.js';
import { findUnready, findUnreadyPrinter, type ReadinessParts } from './readiness.js';

const idle: PrinterStatus = {
  state: 'idle',
  reasons: [],
  acceptingJobs: true,
  queuedJobs: 0,
  mediaReady: ['iso_a4_210x297mm'],
  sheetsLeft: 500,
};

it.each([
  { what: 'an idle printer', status: idle, code: null },
  {
    what: 'one that does not say much',
    status: { ...idle, state: 'unknown', acceptingJobs: null, queuedJobs: null, mediaReady: null, sheetsLeft: null },
    code: null,
  },
  { what: 'one with a report', status: { ...idle, reasons: ['media-low-report'] }, code: null },
  { what: 'one without paper', status: { ...idle, reasons: ['media-empty-error'] }, code: 'printer-out-of-paper' },
  { what: 'one that wants paper', status: { ...idle, reasons: ['media-needed'] }, code: 'printer-out-of-paper' },
  { what: 'one with as many sheets as are needed', status: { ...idle, sheetsLeft: 6 }, code: null },
  { what: 'one with a sheet too few for all copies', status: { ...idle, sheetsLeft: 5 }, code: 'printer-out-of-paper' },
  { what: 'one whose tray is empty', status: { ...idle, sheetsLeft: 0 }, code: 'printer-out-of-paper' },
  { what: 'a jammed one', status: { ...idle, reasons: ['media-jam'] }, code: 'printer-not-ready' },
  { what: 'a stopped one', status: { ...idle, state: 'stopped' }, code: 'printer-not-ready' },
  { what: 'one that prints for somebody', status: { ...idle, state: 'processing' }, code: 'printer-not-ready' },
  { what: 'one with a job of somebody', status: { ...idle, queuedJobs: 1 }, code: 'printer-not-ready' },
  { what: 'one that takes no jobs', status: { ...idle, acceptingJobs: false }, code: 'printer-not-ready' },
  { what: 'one that has letter paper only', status: { ...idle, mediaReady: ['na_letter_8.5x11in'] }, code: 'printer-out-of-paper' },
] as const)('$what: $code', ({ status, code }) => {
  // Two copies of three pages.
  expect(findUnreadyPrinter(status, 6)).toBe(code);
});

function kiosk(cashCardReader: CardPresence): ReadinessParts {
  return {
    printer: { status: async () => ok(idle) },
    receiptPrinter: { isReady: async () => true },
    pinPad: { isReady: async () => true },
    cashCardReader: { presence: () => cashCardReader },
    isSignedOn: () => true,
    charges: { countWaitingReversals: async () => 0 },
    visits: { unsettledPrintJobs: async () => [] },
  };
}

const forFee = { withFee: true, sheets: 1 };
const forFree = { withFee: false, sheets: 1 };

it('charges nobody while what became of an earlier job is not known', async () => {
  const waiting = { jobName: 'j', session: 's', copy: 1, pages: 1, outcome: 'intended', evidence: null } as const;
  const parts = { ...kiosk('absent'), visits: { unsettledPrintJobs: async () => [waiting] } };
  expect(await findUnready(parts, forFee)).toBe('printer-not-ready');
  expect(await findUnready(parts, forFree)).toBe('printer-not-ready');
});

it('takes no fee without a reader for the cash card, and needs none for a free certificate', async () => {
  expect(await findUnready(kiosk('absent'), forFee)).toBeNull();
  expect(await findUnready(kiosk('reader-gone'), forFee)).toBe('reader-unavailable');
  expect(await findUnready(kiosk('reader-gone'), forFree)).toBeNull();
});
