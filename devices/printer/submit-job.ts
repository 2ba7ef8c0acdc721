// One job out: Get-Printer-Attributes, Validate-Job, then Create-Job and Send-Document,
// or Print-Job where the printer has only that (RFC 8011 §4.2). The fault says what the
// caller may conclude: `refused` is certain, nothing will be printed; `unreachable` means
// that the document may have left, so the job must be followed by its name.
import { findGroup, findInteger, findString } from '#libs/ipp/attributes.js';
import { attribute, boolean, integer, keyword, mimeMediaType, name, type IppAttribute, type IppMessage } from '#libs/ipp/message.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { capabilityAttributes, readCapabilities } from './capabilities.js';
import type { CallFault, Client } from './client.js';
import type { PrintJob, PrintJobRef, PrinterFault } from './port.js';
import { documentFormat, writeTicket } from './ticket.js';

type Submitted = Result<PrintJobRef, PrinterFault>;

export async function submitJob(client: Client, job: PrintJob, tray: string | null): Promise<Submitted> {
  const requested = attribute('requested-attributes', ...capabilityAttributes.map(keyword));
  const answer = await client.call({ operation: 'Get-Printer-Attributes', attributes: [requested] });
  if (!answer.ok) return notSent(answer.error);
  const capabilities = readCapabilities(answer.value);
  const ticket = writeTicket(capabilities, job.sides, tray);
  if (!ticket.ok) return ticket;
  const attributes = [
    attribute('job-name', name(job.jobName)),
    attribute('ipp-attribute-fidelity', boolean(true)),
    attribute('document-format', mimeMediaType(documentFormat)),
  ];
  const validated = await client.call({ operation: 'Validate-Job', attributes, jobAttributes: ticket.value });
  if (!validated.ok) return notSent(validated.error);
  const inTwoSteps = capabilities.operations.includes('Create-Job') && capabilities.operations.includes('Send-Document');
  return inTwoSteps ? createAndSend(client, job, ticket.value) : printJob(client, job, { attributes, ticket: ticket.value });
}

type Written = { readonly attributes: readonly IppAttribute[]; readonly ticket: readonly IppAttribute[] };

async function printJob(client: Client, job: PrintJob, { attributes, ticket }: Written): Promise<Submitted> {
  const printed = await client.call({ operation: 'Print-Job', attributes, jobAttributes: ticket, document: job.pdf });
  if (!printed.ok) return afterDocument(printed.error);
  const ref = readRef(printed.value, job.jobName);
  return ref === null ? err({ code: 'unreachable', detail: 'malformed-answer: job-id' }) : ok(ref);
}

async function createAndSend(client: Client, job: PrintJob, ticket: readonly IppAttribute[]): Promise<Submitted> {
  const created = await client.call({
    operation: 'Create-Job',
    attributes: [attribute('job-name', name(job.jobName)), attribute('ipp-attribute-fidelity', boolean(true))],
    jobAttributes: ticket,
  });
  // The document has not left; an empty job that may stand there ends by the printer's
  // multiple-operation-time-out (RFC 8011 §5.4.31) without a sheet.
  if (!created.ok) return notSent(created.error);
  const ref = readRef(created.value, job.jobName);
  if (ref === null) return err({ code: 'refused', detail: 'not-sent: malformed-answer: job-id' });
  const sent = await client.call({
    operation: 'Send-Document',
    attributes: [
      attribute('job-id', integer(ref.jobId)),
      attribute('document-format', mimeMediaType(documentFormat)),
      attribute('last-document', boolean(true)),
    ],
    document: job.pdf,
  });
  if (sent.ok) return ok(ref);
  const fault = afterDocument(sent.error);
  // The empty job would stand in the way of the next one. Whether this works changes nothing.
  if (!fault.ok && fault.error.code === 'refused') await cancelJob(client, ref);
  return fault;
}

export async function cancelJob(client: Client, ref: PrintJobRef): Promise<Result<void, PrinterFault>> {
  const answer = await client.call({ operation: 'Cancel-Job', attributes: [attribute('job-id', integer(ref.jobId))] });
  return answer.ok ? ok(undefined) : err({ code: answer.error.code, detail: answer.error.detail });
}

/** Null when the answer names no job. */
export function readRef(message: IppMessage, jobName: string): PrintJobRef | null {
  const group = findGroup(message, 'job');
  const jobId = findInteger(group, 'job-id');
  const jobUri = findString(group, 'job-uri');
  return jobId === null || jobId < 1 || jobUri === null ? null : { jobName, jobId, jobUri };
}

/** Nothing of the document has left, whatever went wrong. */
function notSent(fault: CallFault): Submitted {
  return err({ code: 'refused', detail: `not-sent: ${fault.detail}` });
}

/** Server errors by which a printer says that it did not take the job (RFC 8011 B.1.5). */
const certainServerErrors: readonly string[] = [
  'server-error-operation-not-supported',
  'server-error-version-not-supported',
  'server-error-not-accepting-jobs',
  'server-error-busy',
  'server-error-multiple-document-jobs-not-supported',
];

function afterDocument(fault: CallFault): Submitted {
  const isRefusal = fault.code === 'refused' || fault.code === 'not-found';
  const isCertain = /^(client-error-|http-)/.test(fault.detail) || certainServerErrors.includes(fault.detail);
  if (isRefusal && isCertain) return err({ code: 'refused', detail: fault.detail });
  return fault.mayHaveLeft ? err({ code: 'unreachable', detail: fault.detail }) : notSent(fault);
}
