// What stands around the screen: the PIN pad and both printers.
import { createTcpPinPad } from '#devices/pin-pad/tcp-pin-pad.js';
import { inspectPrinter, type PrinterInspection } from '#devices/printer/inspect-printer.js';
import { createEscposPrinter } from '#devices/receipt-printer/escpos-tcp.js';
import { faulty, fine, note, type Finding } from '#devices/doctor/finding.js';
import { findTcpFault } from '#devices/doctor/probes.js';
import type { Check, Examined } from '#devices/doctor/run-doctor.js';
import { silentLog } from '#libs/std/log.js';
import { systemRandom } from '#libs/std/random.js';
import type { KioskConfiguration } from '../configuration.js';
import { findUnreadyPrinter } from '../stages/readiness.js';

type Look = (examined: Examined<KioskConfiguration>) => Promise<readonly Finding[]>;

export const pinPadCheck: Check<KioskConfiguration> = { about: 'PIN pad', look: (examined) => lookAtPinPad(examined) };
export const receiptPrinterCheck: Check<KioskConfiguration> = { about: 'receipt printer', look: (examined) => lookAtReceipts(examined) };
export const printerCheck: Check<KioskConfiguration> = { about: 'printer', look: (examined) => lookAtPrinter(examined) };

const lookAtPinPad: Look = async ({ configuration, clock }) => {
  const about = 'PIN pad';
  const where = `${configuration.pinPad.host}:${configuration.pinPad.port}`;
  const unreachable = await findTcpFault(configuration.pinPad);
  const todo = 'switch it on and look at its cable, or correct pinPad';
  if (unreachable !== null) return [faulty(about, { what: `nobody answers at ${where} (${unreachable})`, expected: 'a PIN pad', todo })];
  const pad = createTcpPinPad({ ...configuration.pinPad, clock, random: systemRandom, log: silentLog });
  const isReady = await pad.isReady();
  await pad.close();
  if (isReady) return [fine(about, `${where} says that it is ready`)];
  const what = `${where} does not say that it is ready`;
  return [faulty(about, { what, expected: 'status "ready"', todo: 'see its display; without keys it has to go back to the bank' })];
};

const lookAtReceipts: Look = async ({ configuration, clock }) => {
  const about = 'receipt printer';
  const where = `${configuration.receiptPrinter.host}:${configuration.receiptPrinter.port}`;
  const unreachable = await findTcpFault(configuration.receiptPrinter);
  const todo = 'switch it on and look at its cable, or correct receiptPrinter';
  if (unreachable !== null)
    return [faulty(about, { what: `nobody answers at ${where} (${unreachable})`, expected: 'an ESC/POS printer', todo })];
  const printer = createEscposPrinter({ ...configuration.receiptPrinter, clock });
  const isReady = await printer.isReady();
  await printer.close();
  if (isReady) return [fine(about, `${where} is on line and has paper`)];
  const what = `${where} is out of paper, open, off line, or does not tell its status`;
  return [faulty(about, { what, expected: 'paper and a closed cover', todo: 'put in a roll and close it' })];
};

const lookAtPrinter: Look = async ({ configuration, clock, isRunning }) => {
  const about = 'printer';
  const { uri, tls, tray } = configuration.printer;
  const asked = await inspectPrinter({ uri, clock, ...(tls && { tls }), ...(tray !== undefined && { tray }) }, 'one-sided');
  if (!asked.ok) {
    const what = `${uri} gives no answer to Get-Printer-Attributes (${asked.error.code}: ${asked.error.detail})`;
    const todo = 'switch it on, look at its cable, or correct printer.uri and printer.tls';
    return [faulty(about, { what, expected: 'an IPP printer', todo })];
  }
  const found = [ofState(uri, asked.value, isRunning), ofTicket(uri, asked.value), ...ofPaper(uri, asked.value)];
  return found.some((finding) => finding.status === 'fault') ? found.filter((finding) => finding.status !== 'ok') : found;
};

function ofState(uri: string, { status }: PrinterInspection, isRunning: boolean): Finding {
  const about = 'printer';
  const said = [status.state, ...status.reasons].join(', ');
  const unready = findUnreadyPrinter(status, 1);
  if (unready === null) return fine(about, `${uri} is ${said}`);
  if (isRunning && status.state === 'processing') return note(about, `${uri} is printing; the kiosk is running`);
  const todo = unready === 'printer-out-of-paper' ? 'put in A4 paper' : 'see its display: jam, cover, toner, held jobs';
  return faulty(about, { what: `${uri} is not ready (${said}; ${status.queuedJobs ?? 'unknown'} jobs)`, expected: 'idle, no jobs', todo });
}

function ofTicket(uri: string, { refusal, keepsSize }: PrinterInspection): Finding {
  const about = 'printer';
  if (refusal !== null) {
    const expected = 'PDF, A4, one-sided, from the tray of printer.tray';
    return faulty(about, {
      what: `${uri} would refuse a certificate (${refusal})`,
      expected,
      todo: 'set the printer up so, or use a CUPS queue',
    });
  }
  if (keepsSize) return fine(about, 'takes PDF on A4, one-sided, unscaled');
  return note(about, 'takes PDF on A4, but not "print-scaling=none"; set "actual size" on the printer and measure the seal on a sheet');
}

function ofPaper(uri: string, { status }: PrinterInspection): readonly Finding[] {
  const about = 'printer';
  if (status.mediaReady === null) return [note(about, 'does not tell which paper is in its trays; see for yourself that it is A4')];
  if (status.mediaReady.includes('iso_a4_210x297mm')) return [];
  const what = `${uri} has ${status.mediaReady.join(', ') || 'no paper'} in its trays`;
  return [faulty(about, { what, expected: 'iso_a4_210x297mm', todo: 'put in A4 and set the tray to it' })];
}
