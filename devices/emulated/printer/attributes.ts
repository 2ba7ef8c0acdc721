// What the emulated printer says of itself and of its jobs (RFC 8011 §5.3, §5.4), and
// which Job Template values it takes. The table of supported values is the source of both
// the `-supported` attributes and the check of every job.
import {
  attribute,
  boolean,
  charset,
  collection,
  enumeration,
  integer,
  keyword,
  mimeMediaType,
  name,
  naturalLanguage,
  outOfBand,
  text,
  uri,
  type IppAttribute,
  type IppValue,
} from '#libs/ipp/message.js';
import { jobStates, operations, printerStates } from '#libs/ipp/operations.js';
import type { Engine } from './engine.js';
import { isFinished, type Job } from './job.js';
import { limits } from './limits.js';

export const a4 = { name: 'iso_a4_210x297mm', xDimension: 21_000, yDimension: 29_700 } as const;

/** Keyword-valued Job Template attributes and the values that this printer takes. */
export const supportedKeywords: Readonly<Record<string, readonly string[]>> = {
  media: [a4.name],
  sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
  'print-scaling': ['none', 'fit', 'auto'],
  'media-source': ['main'],
};

export const documentFormats = ['application/pdf'] as const;

const keywords = (name_: string, values: readonly string[]): IppAttribute => attribute(name_, ...values.map(keyword));

/** Optional attributes (RFC 8011 §5.3, §5.4) that the fault `missing-attributes` leaves out. */
const optional: readonly string[] = [
  'job-impressions-completed',
  'job-media-sheets-completed',
  'job-impressions',
  'sides',
  'media-ready',
  'printer-input-tray',
  'printer-state-message',
];

export function withoutMissing(engine: Engine, attributes: readonly IppAttribute[]): readonly IppAttribute[] {
  if (engine.fault !== 'missing-attributes') return attributes;
  return attributes.filter((given) => !optional.includes(given.name));
}

export function printerAttributes(engine: Engine, printerUri: string, upTimeSeconds: number): readonly IppAttribute[] {
  const state = engine.isStopped ? 'stopped' : engine.isProcessing ? 'processing' : 'idle';
  const reasons = engine.reasons.length === 0 ? ['none'] : engine.reasons;
  return [
    ...descriptionAttributes(printerUri),
    ...templateAttributes(),
    attribute('printer-state', enumeration(printerStates[state])),
    keywords('printer-state-reasons', reasons),
    attribute('printer-state-message', text(state)),
    attribute('printer-is-accepting-jobs', boolean(true)),
    attribute('queued-job-count', integer(engine.jobs.filter((job) => !isFinished(job)).length)),
    attribute('printer-up-time', integer(upTimeSeconds)),
    engine.paper > 0 ? keywords('media-ready', [a4.name]) : attribute('media-ready', outOfBand('no-value')),
    attribute('printer-input-tray', inputTray(engine.paper)),
  ];
}

/** PWG 5100.13, `printer-input-tray`; a sensor cannot see more than the tray holds. */
function inputTray(sheets: number): IppValue {
  const { paperAtStart: most } = limits;
  const size = `mediafeed=${a4.yDimension};mediaxfeed=${a4.xDimension}`;
  const words = `type=sheetFeedAutoRemovableTray;${size};maxcapacity=${most};level=${Math.min(sheets, most)};status=0;name=main;`;
  return { type: 'octetString', value: Buffer.from(words, 'ascii') };
}

function descriptionAttributes(printerUri: string): readonly IppAttribute[] {
  return [
    attribute('printer-uri-supported', uri(printerUri)),
    keywords('uri-security-supported', ['none']),
    keywords('uri-authentication-supported', ['none']),
    attribute('printer-name', name('emulated')),
    attribute('printer-info', text('Madoguchi emulated printer')),
    attribute('printer-location', text('')),
    attribute('printer-more-info', uri(printerUri.replace('ipp:', 'http:'))),
    attribute('printer-make-and-model', text('Madoguchi emulated printer')),
    keywords('ipp-versions-supported', ['1.1', '2.0']),
    attribute('operations-supported', ...Object.values(operations).map(enumeration)),
    attribute('charset-configured', charset('utf-8')),
    attribute('charset-supported', charset('utf-8')),
    attribute('natural-language-configured', naturalLanguage('en')),
    attribute('generated-natural-language-supported', naturalLanguage('en')),
    attribute('document-format-default', mimeMediaType(documentFormats[0])),
    attribute('document-format-supported', ...documentFormats.map(mimeMediaType)),
    keywords('compression-supported', ['none']),
    keywords('pdl-override-supported', ['attempted']),
    attribute('multiple-document-jobs-supported', boolean(false)),
    attribute('multiple-operation-time-out', integer(limits.documentTimeoutSeconds)),
    keywords('which-jobs-supported', ['completed', 'not-completed']),
  ];
}

function templateAttributes(): readonly IppAttribute[] {
  const size = collection(attribute('x-dimension', integer(a4.xDimension)), attribute('y-dimension', integer(a4.yDimension)));
  return [
    ...Object.entries(supportedKeywords).map(([name_, values]) => keywords(`${name_}-supported`, values)),
    attribute('media-size-supported', size),
    keywords('media-col-supported', ['media-size', 'media-source']),
    attribute('copies-supported', { type: 'rangeOfInteger', lower: 1, upper: 1 }),
    attribute('job-sheets-supported', keyword('none')),
    attribute('media-col-default', collection(attribute('media-size', size), attribute('media-source', keyword('main')))),
    attribute('copies-default', integer(1)),
    keywords('media-default', [a4.name]),
    keywords('sides-default', ['one-sided']),
    keywords('print-scaling-default', ['auto']),
    keywords('job-sheets-default', ['none']),
    keywords('job-creation-attributes-supported', ['copies', 'job-name', 'job-sheets', 'media', 'media-col', 'print-scaling', 'sides']),
  ];
}

export type JobView = { readonly printerUri: string; readonly startedMs: number; readonly nowMs: number };

export function jobAttributes(job: Job, view: JobView): readonly IppAttribute[] {
  const seconds = (ms: number | null): IppValue =>
    ms === null ? outOfBand('no-value') : integer(Math.max(1, Math.ceil((ms - view.startedMs) / 1_000)));
  return [
    attribute('job-id', integer(job.jobId)),
    attribute('job-uri', uri(`${view.printerUri}/${job.jobId}`)),
    attribute('job-printer-uri', uri(view.printerUri)),
    attribute('job-name', name(job.jobName)),
    attribute('job-originating-user-name', name(job.userName)),
    attribute('job-state', enumeration(jobStates[job.state])),
    keywords('job-state-reasons', job.reasons.length === 0 ? ['none'] : job.reasons),
    attribute('job-impressions', job.document === null ? outOfBand('no-value') : integer(job.document.pages)),
    attribute('job-impressions-completed', integer(job.impressionsCompleted)),
    attribute('job-media-sheets-completed', integer(job.sheetsCompleted)),
    attribute('sides', keyword(job.sides)),
    attribute('job-printer-up-time', seconds(view.nowMs)),
    attribute('time-at-creation', seconds(job.createdMs)),
    attribute('time-at-processing', seconds(job.processingMs)),
    attribute('time-at-completed', seconds(job.completedMs)),
  ];
}
