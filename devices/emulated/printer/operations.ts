// The eight operations that the emulated printer answers (RFC 8011 §4.2, §4.3).
import { findAttribute, findBoolean, findGroup, findInteger, findString, findStrings } from '#libs/ipp/attributes.js';
import { attribute, charset, naturalLanguage, type IppAttribute, type IppGroup, type IppMessage } from '#libs/ipp/message.js';
import { statusCodes, type Operation, type StatusName } from '#libs/ipp/operations.js';
import { jobAttributes, printerAttributes, withoutMissing } from './attributes.js';
import { checkDocument, checkRequest, checkTemplate } from './check-request.js';
import type { Engine } from './engine.js';
import { isFinished, type Job } from './job.js';
import { countPdfPages } from './pdf-pages.js';

export type PrinterView = { readonly engine: Engine; readonly printerUri: string; readonly path: string; readonly nowMs: () => number };

type Answer = { readonly status: StatusName; readonly groups: readonly IppGroup[] };
const refuse = (status: StatusName): Answer => ({ status, groups: [] });

/** Whatever was asked: one answer with the request-id of the question. */
export async function answerRequest(request: IppMessage, view: PrinterView): Promise<IppMessage> {
  const operation = checkRequest(request, view.path);
  const answer = operation.ok ? await perform(operation.value, request, view) : refuse(operation.error);
  return answerMessage(request, answer);
}

/** `client-error-bad-request` for what could not be decoded; its request-id if that much was there. */
export function answerMalformed(bytes: Buffer): IppMessage {
  const requestId = bytes.length >= 8 ? bytes.readInt32BE(4) : 1;
  return answerMessage(
    { version: { major: 2, minor: 0 }, code: 0, requestId, groups: [], data: Buffer.alloc(0) },
    refuse('client-error-bad-request'),
  );
}

function answerMessage(request: IppMessage, answer: Answer): IppMessage {
  const operationGroup: IppGroup = {
    tag: 'operation',
    attributes: [attribute('attributes-charset', charset('utf-8')), attribute('attributes-natural-language', naturalLanguage('en'))],
  };
  const isOld = request.version.major === 1;
  return {
    version: isOld ? { major: 1, minor: 1 } : { major: 2, minor: 0 },
    code: statusCodes[answer.status],
    requestId: request.requestId,
    groups: [operationGroup, ...answer.groups],
    data: Buffer.alloc(0),
  };
}

async function perform(operation: Operation, request: IppMessage, view: PrinterView): Promise<Answer> {
  switch (operation) {
    case 'Get-Printer-Attributes':
      return getPrinterAttributes(request, view);
    case 'Validate-Job':
      return answerTemplate(request);
    case 'Print-Job':
      return printJob(request, view);
    case 'Create-Job':
      return createJob(request, view);
    case 'Send-Document':
      return sendDocument(request, view);
    case 'Get-Job-Attributes':
      return getJobAttributes(request, view);
    case 'Get-Jobs':
      return getJobs(request, view);
    case 'Cancel-Job':
      return cancelJob(request, view);
  }
}

function getPrinterAttributes(request: IppMessage, { engine, printerUri, nowMs }: PrinterView): Answer {
  const upTimeSeconds = Math.max(1, Math.ceil((nowMs() - engine.startedMs) / 1_000));
  const attributes = withoutMissing(engine, printerAttributes(engine, printerUri, upTimeSeconds));
  return { status: 'successful-ok', groups: [{ tag: 'printer', attributes: pick(request, attributes) }] };
}

/** requested-attributes (RFC 8011 §4.2.5.1); group keywords ask for all that we have. */
function pick(request: IppMessage, attributes: readonly IppAttribute[]): readonly IppAttribute[] {
  const requested = findStrings(findGroup(request, 'operation'), 'requested-attributes');
  const groupKeywords = ['all', 'printer-description', 'job-description', 'job-template'];
  if (requested === null || requested.some((name) => groupKeywords.includes(name))) return attributes;
  return attributes.filter((given) => requested.includes(given.name));
}

function answerTemplate(request: IppMessage): Answer {
  const refused = checkDocument(request);
  if (refused !== null) return refuse(refused);
  const { status, unsupported } = checkTemplate(request);
  return { status, groups: unsupported.length === 0 ? [] : [{ tag: 'unsupported', attributes: unsupported }] };
}

async function printJob(request: IppMessage, view: PrinterView): Promise<Answer> {
  const checked = answerTemplate(request);
  if (checked.status.startsWith('client-error')) return checked;
  if (request.data.length === 0) return refuse('client-error-bad-request');
  const job = view.engine.createJob(newJob(request));
  await view.engine.acceptDocument(job, request.data, countPdfPages(request.data));
  return { ...checked, groups: [...checked.groups, brief(job, view)] };
}

function createJob(request: IppMessage, view: PrinterView): Answer {
  const checked = answerTemplate(request);
  if (checked.status.startsWith('client-error')) return checked;
  if (request.data.length > 0) return refuse('client-error-bad-request');
  return { ...checked, groups: [...checked.groups, brief(view.engine.createJob(newJob(request)), view)] };
}

async function sendDocument(request: IppMessage, view: PrinterView): Promise<Answer> {
  const job = findTarget(request, view);
  if (job === null) return refuse('client-error-not-found');
  const refused = checkDocument(request);
  if (refused !== null) return refuse(refused);
  const isLast = findBoolean(findGroup(request, 'operation'), 'last-document');
  if (isLast === null) return refuse('client-error-bad-request');
  if (isFinished(job)) return refuse('client-error-not-possible');
  if (job.document !== null || !isLast) return refuse('server-error-multiple-document-jobs-not-supported');
  if (request.data.length === 0) return refuse('client-error-bad-request');
  await view.engine.acceptDocument(job, request.data, countPdfPages(request.data));
  return { status: 'successful-ok', groups: [brief(job, view)] };
}

function newJob(request: IppMessage): { jobName: string; userName: string; sides: string } {
  const group = findGroup(request, 'operation');
  const sides = findString(findGroup(request, 'job'), 'sides');
  return {
    jobName: findString(group, 'job-name') ?? 'Untitled',
    userName: findString(group, 'requesting-user-name') ?? 'anonymous',
    sides: sides?.startsWith('two-sided') === true ? sides : 'one-sided',
  };
}

function getJobAttributes(request: IppMessage, view: PrinterView): Answer {
  const job = findTarget(request, view);
  if (job === null) return refuse('client-error-not-found');
  const attributes = pick(request, withoutMissing(view.engine, fullAttributes(job, view)));
  return { status: 'successful-ok', groups: [{ tag: 'job', attributes }] };
}

function getJobs(request: IppMessage, view: PrinterView): Answer {
  const group = findGroup(request, 'operation');
  const which = findString(group, 'which-jobs') ?? 'not-completed';
  if (which !== 'completed' && which !== 'not-completed') return refuse('client-error-attributes-or-values-not-supported');
  const limit = findInteger(group, 'limit') ?? Number.MAX_SAFE_INTEGER;
  const user = findBoolean(group, 'my-jobs') === true ? findString(group, 'requesting-user-name') : null;
  const listed = view.engine.jobs.filter((job) => isFinished(job) === (which === 'completed') && (user === null || job.userName === user));
  // RFC 8011 §4.2.6.2: finished jobs newest first; without requested-attributes only uri and id.
  const ordered = which === 'completed' ? listed.toReversed() : listed;
  const isBrief = findAttribute(group, 'requested-attributes') === null;
  const groups = ordered.slice(0, limit).map((job): IppGroup => {
    const attributes = withoutMissing(view.engine, fullAttributes(job, view));
    const named = isBrief ? attributes.filter(({ name }) => name === 'job-uri' || name === 'job-id') : pick(request, attributes);
    return { tag: 'job', attributes: named };
  });
  return { status: 'successful-ok', groups };
}

function cancelJob(request: IppMessage, view: PrinterView): Answer {
  const job = findTarget(request, view);
  if (job === null) return refuse('client-error-not-found');
  if (isFinished(job)) return refuse('client-error-not-possible');
  view.engine.cancel(job);
  return refuse('successful-ok');
}

/** By job-uri, or by printer-uri and job-id (RFC 8011 §4.1.5). */
function findTarget(request: IppMessage, { engine, path }: PrinterView): Job | null {
  const group = findGroup(request, 'operation');
  const jobUri = findString(group, 'job-uri');
  const jobId = jobUri === null ? findInteger(group, 'job-id') : Number(new URL(jobUri).pathname.slice(path.length + 1));
  return jobId === null ? null : engine.findJob(jobId);
}

function fullAttributes(job: Job, { engine, printerUri, nowMs }: PrinterView): readonly IppAttribute[] {
  return jobAttributes(job, { printerUri, startedMs: engine.startedMs, nowMs: nowMs() });
}

function brief(job: Job, view: PrinterView): IppGroup {
  const names = ['job-id', 'job-uri', 'job-state', 'job-state-reasons'];
  return { tag: 'job', attributes: fullAttributes(job, view).filter(({ name }) => names.includes(name)) };
}
