// For the doctor: everything that can be known of a printer before the first job. Asks what
// a job would ask, Validate-Job included, and sends no document.
import { attribute, boolean, keyword, mimeMediaType } from '#libs/ipp/message.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { capabilityAttributes, readCapabilities, readStatus, statusAttributes } from './capabilities.js';
import { createClient } from './client.js';
import { openConnection } from './connection.js';
import { httpTarget, type IppPrinterOptions } from './ipp-printer.js';
import type { PrintJob, PrinterFault, PrinterStatus } from './port.js';
import { documentFormat, writeTicket } from './ticket.js';

export type PrinterInspection = {
  readonly status: PrinterStatus;
  /** Why a certificate would be refused, e.g. `not-sent: media-supported` or an IPP status code; null when it would be taken. */
  readonly refusal: string | null;
  /** False: the printer cannot be told to leave the page at its size. */
  readonly keepsSize: boolean;
};

export async function inspectPrinter(
  options: IppPrinterOptions,
  sides: PrintJob['sides'],
): Promise<Result<PrinterInspection, PrinterFault>> {
  const connection = openConnection(httpTarget(options.uri), options.tls ?? {}, options.clock);
  const client = createClient(connection, options.uri);
  try {
    const requested = attribute('requested-attributes', ...[...statusAttributes, ...capabilityAttributes].map(keyword));
    const answer = await client.call({ operation: 'Get-Printer-Attributes', attributes: [requested] });
    if (!answer.ok) return err({ code: answer.error.code, detail: answer.error.detail });
    const capabilities = readCapabilities(answer.value);
    const known = { status: readStatus(answer.value, options.tray ?? null), keepsSize: capabilities.printScaling.includes('none') };
    const ticket = writeTicket(capabilities, sides, options.tray ?? null);
    if (!ticket.ok) return ok({ ...known, refusal: ticket.error.detail });
    const attributes = [attribute('ipp-attribute-fidelity', boolean(true)), attribute('document-format', mimeMediaType(documentFormat))];
    const validated = await client.call({ operation: 'Validate-Job', attributes, jobAttributes: ticket.value });
    return ok({ ...known, refusal: validated.ok ? null : validated.error.detail });
  } finally {
    client.close();
  }
}
