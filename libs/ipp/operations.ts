// Operations, status codes and states of RFC 8011, by the names it gives them.

/** RFC 8011 §5.4.15 operations-supported; Close-Job from PWG 5100.11. */
export const operations = {
  'Print-Job': 0x0002,
  'Validate-Job': 0x0004,
  'Create-Job': 0x0005,
  'Send-Document': 0x0006,
  'Cancel-Job': 0x0008,
  'Get-Job-Attributes': 0x0009,
  'Get-Jobs': 0x000a,
  'Get-Printer-Attributes': 0x000b,
} as const;

export type Operation = keyof typeof operations;

/** RFC 8011 Appendix B. */
export const statusCodes = {
  'successful-ok': 0x0000,
  'successful-ok-ignored-or-substituted-attributes': 0x0001,
  'successful-ok-conflicting-attributes': 0x0002,
  'client-error-bad-request': 0x0400,
  'client-error-forbidden': 0x0401,
  'client-error-not-authenticated': 0x0402,
  'client-error-not-authorized': 0x0403,
  'client-error-not-possible': 0x0404,
  'client-error-timeout': 0x0405,
  'client-error-not-found': 0x0406,
  'client-error-gone': 0x0407,
  'client-error-request-entity-too-large': 0x0408,
  'client-error-request-value-too-long': 0x0409,
  'client-error-document-format-not-supported': 0x040a,
  'client-error-attributes-or-values-not-supported': 0x040b,
  'client-error-uri-scheme-not-supported': 0x040c,
  'client-error-charset-not-supported': 0x040d,
  'client-error-conflicting-attributes': 0x040e,
  'client-error-compression-not-supported': 0x040f,
  'client-error-compression-error': 0x0410,
  'client-error-document-format-error': 0x0411,
  'client-error-document-access-error': 0x0412,
  'server-error-internal-error': 0x0500,
  'server-error-operation-not-supported': 0x0501,
  'server-error-service-unavailable': 0x0502,
  'server-error-version-not-supported': 0x0503,
  'server-error-device-error': 0x0504,
  'server-error-temporary-error': 0x0505,
  'server-error-not-accepting-jobs': 0x0506,
  'server-error-busy': 0x0507,
  'server-error-job-canceled': 0x0508,
  'server-error-multiple-document-jobs-not-supported': 0x0509,
} as const;

export type StatusName = keyof typeof statusCodes;

/** RFC 8011 §5.3.7 job-state. */
export const jobStates = {
  pending: 3,
  'pending-held': 4,
  processing: 5,
  'processing-stopped': 6,
  canceled: 7,
  aborted: 8,
  completed: 9,
} as const;

export type JobState = keyof typeof jobStates;

/** RFC 8011 §5.4.11 printer-state. */
export const printerStates = { idle: 3, processing: 4, stopped: 5 } as const;

export type PrinterState = keyof typeof printerStates;

function findKey<Key extends string>(table: Readonly<Record<Key, number>>, value: number | null): Key | null {
  for (const key in table) if (table[key] === value) return key;
  return null;
}

export const findOperation = (code: number): Operation | null => findKey(operations, code);
export const findJobState = (value: number | null): JobState | null => findKey(jobStates, value);
export const findPrinterState = (value: number | null): PrinterState | null => findKey(printerStates, value);

/** The name of a status code; its hex form when RFC 8011 has none, for logs. */
export function nameStatus(code: number): string {
  return findKey(statusCodes, code) ?? `status-0x${code.toString(16).padStart(4, '0')}`;
}

/** RFC 8011 Appendix B.1.2: 0x0000 to 0x00ff. */
export function isSuccessful(code: number): boolean {
  return code < 0x0100;
}
