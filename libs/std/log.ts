// Logs hold codes and ids, never personal data: a line is a code and a flat record of
// short values. The redaction is a second net, not the first.
import { pino, type DestinationStream } from 'pino';
import { limits } from './limits.js';

export type LogFields = Readonly<Record<string, string | number | boolean | null>> & {
  /** What a line says of itself (`reserved`, below). */
  readonly [N in (typeof reserved)[number]]?: never;
};

export interface Log {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  error(code: string, fields?: LogFields): void;
}

const forbidden = ['name', 'address', 'birthDate', 'pin', 'pinBlock', 'pan', 'track2', 'myNumber', 'serial', 'certificate', 'statement'];

/** What a line says of itself. A field of that name would stand in the JSON twice, and readers differ in which one they take (RFC 8259 §4). */
const reserved = ['level', 'time', 'part', 'code'] as const;

/** JSON lines on standard error: standard output belongs to commands. */
export function processLog(part: string): Log {
  return jsonLog(part, openLines(2));
}

/**
 * A log that cannot be written (its disk is full, its reader is gone) ends no part and no visit: lines wait, as many as
 * `limits.waitingLogBytes`, go out with the first one that is taken again, and are lost beyond that.
 */
export function openLines(fd: number): DestinationStream {
  const lines = pino.destination({ fd, sync: true, maxLength: limits.waitingLogBytes });
  lines.on('error', () => undefined);
  return lines;
}

/** A field with a reserved name stays as `field.NAME`, and a line `log-field-reserved` tells who wrote it. */
export function jsonLog(part: string, destination: DestinationStream): Log {
  const logger = pino({ base: { part }, redact: { paths: forbidden, censor: '[redacted]' }, messageKey: 'code' }, destination);
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (code: string, fields: LogFields = {}): void => {
      const taken = reserved.filter((name) => Object.hasOwn(fields, name));
      logger[level](taken.length === 0 ? fields : renamed(fields, taken), code);
      for (const field of taken) logger.error({ line: code, field }, 'log-field-reserved');
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function renamed(fields: LogFields, taken: readonly string[]): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [taken.includes(name) ? `field.${name}` : name, value]));
}

/** For tests and commands that print their own. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
