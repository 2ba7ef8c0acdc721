// The Job Template attributes of one copy (RFC 8011 §5.2). Sent with
// ipp-attribute-fidelity, so a printer that cannot do one of them refuses the job: A4 on
// letter paper or a scaled seal would be a wrong certificate. Hence only what the printer
// says it knows goes in, and what we cannot do without is checked here.
import { attribute, collection, integer, keyword, name, type IppAttribute } from '#libs/ipp/message.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Capabilities } from './capabilities.js';
import type { PrintJob, PrinterFault } from './port.js';

/** PWG 5101.1 self-describing name, and the same in hundredths of a millimetre. */
const a4 = { media: 'iso_a4_210x297mm', xDimension: 21_000, yDimension: 29_700 } as const;

export const documentFormat = 'application/pdf';

/** `tray` is a media-source of PWG 5100.7, e.g. `tray-1`; null leaves it to the printer. */
export function writeTicket(
  capabilities: Capabilities,
  sides: PrintJob['sides'],
  tray: string | null,
): Result<readonly IppAttribute[], PrinterFault> {
  const missing = findMissing(capabilities, sides, tray);
  if (missing !== null) return err({ code: 'refused', detail: `not-sent: ${missing}` });
  const ticket: IppAttribute[] = [];
  if (capabilities.takesCopies) ticket.push(attribute('copies', integer(1)));
  ticket.push(tray === null ? attribute('media', keyword(a4.media)) : attribute('media-col', mediaCol(tray)));
  if (capabilities.sides.includes(sides)) ticket.push(attribute('sides', keyword(sides)));
  if (capabilities.printScaling.includes('none')) ticket.push(attribute('print-scaling', keyword('none')));
  // A banner page would be counted as an impression of ours.
  if (capabilities.jobSheets.includes('none')) ticket.push(attribute('job-sheets', name('none')));
  return ok(ticket);
}

function mediaCol(tray: string): ReturnType<typeof collection> {
  const size = collection(attribute('x-dimension', integer(a4.xDimension)), attribute('y-dimension', integer(a4.yDimension)));
  // `media` and `media-col` exclude each other (PWG 5100.7).
  return collection(attribute('media-size', size), attribute('media-source', keyword(tray)));
}

function findMissing(capabilities: Capabilities, sides: PrintJob['sides'], tray: string | null): string | null {
  if (!capabilities.documentFormats.includes(documentFormat)) return 'document-format-supported';
  if (!capabilities.media.includes(a4.media)) return 'media-supported';
  // A printer that says nothing of sides prints on one.
  const printsSides = capabilities.sides.includes(sides) || (capabilities.sides.length === 0 && sides === 'one-sided');
  if (!printsSides) return 'sides-supported';
  if (tray === null) return null;
  if (!capabilities.mediaSources.includes(tray)) return 'media-source-supported';
  const takesCollection = ['media-size', 'media-source'].every((member) => capabilities.mediaColMembers.includes(member));
  return takesCollection ? null : 'media-col-supported';
}
