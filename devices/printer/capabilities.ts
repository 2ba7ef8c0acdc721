// What a printer says about itself (RFC 8011 §5.4), read once into plain values.
import { findBoolean, findGroup, findInteger, findIntegers, findStrings } from '#libs/ipp/attributes.js';
import type { IppMessage } from '#libs/ipp/message.js';
import { findPrinterState, operations, type Operation } from '#libs/ipp/operations.js';
import { findSheetsLeft } from './paper-level.js';
import type { PrinterStatus } from './port.js';

export const statusAttributes = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'queued-job-count',
  'media-ready',
  'printer-input-tray',
] as const;

/** `tray` is the media-source of the certificate paper; null: any. */
export function readStatus(message: IppMessage, tray: string | null): PrinterStatus {
  const group = findGroup(message, 'printer');
  return {
    state: findPrinterState(findInteger(group, 'printer-state')) ?? 'unknown',
    reasons: withoutNone(findStrings(group, 'printer-state-reasons')),
    acceptingJobs: findBoolean(group, 'printer-is-accepting-jobs'),
    queuedJobs: findInteger(group, 'queued-job-count'),
    mediaReady: findStrings(group, 'media-ready'),
    sheetsLeft: findSheetsLeft(group, tray),
  };
}

/** RFC 8011 §5.3.8 and §5.4.12: `none` stands for an empty set. */
export function withoutNone(reasons: readonly string[] | null): readonly string[] {
  return (reasons ?? []).filter((reason) => reason !== 'none');
}

/** Empty where the printer does not say: an absent attribute is not supported (RFC 8011 §5.2). */
export type Capabilities = {
  readonly operations: readonly Operation[];
  readonly documentFormats: readonly string[];
  readonly media: readonly string[];
  readonly mediaSources: readonly string[];
  readonly mediaColMembers: readonly string[];
  readonly sides: readonly string[];
  readonly printScaling: readonly string[];
  readonly jobSheets: readonly string[];
  readonly takesCopies: boolean;
};

export const capabilityAttributes = [
  'operations-supported',
  'document-format-supported',
  'media-supported',
  'media-source-supported',
  'media-col-supported',
  'sides-supported',
  'print-scaling-supported',
  'job-sheets-supported',
  'copies-supported',
] as const;

export function readCapabilities(message: IppMessage): Capabilities {
  const group = findGroup(message, 'printer');
  const strings = (name: (typeof capabilityAttributes)[number]): readonly string[] => findStrings(group, name) ?? [];
  const codes = findIntegers(group, 'operations-supported') ?? [];
  const named = Object.entries(operations) as readonly (readonly [Operation, number])[];
  return {
    operations: named.filter(([, code]) => codes.includes(code)).map(([operation]) => operation),
    documentFormats: strings('document-format-supported'),
    media: strings('media-supported'),
    mediaSources: strings('media-source-supported'),
    mediaColMembers: strings('media-col-supported'),
    sides: strings('sides-supported'),
    printScaling: strings('print-scaling-supported'),
    jobSheets: strings('job-sheets-supported'),
    takesCopies: group?.attributes.some((attribute) => attribute.name === 'copies-supported') === true,
  };
}
