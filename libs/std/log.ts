// Logs hold codes and ids, never personal data: a line is a code and a flat record of
// short values. The redaction is a second net, not the first.
import { pino } from 'pino';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(code: string, fields?: LogFields): void;
  warn(code: string, fields?: LogFields): void;
  error(code: string, fields?: LogFields): void;
}

const forbidden = ['name', 'address', 'birthDate', 'pin', 'pinBlock', 'pan', 'track2', 'myNumber', 'serial', 'certificate', 'statement'];

/** JSON lines on standard error: standard output belongs to commands. */
export function processLog(part: string): Log {
  const logger = pino(
    { base: { part }, redact: { paths: forbidden, censor: '[redacted]' }, messageKey: 'code' },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    info: (code, fields) => logger.info(fields ?? {}, code),
    warn: (code, fields) => logger.warn(fields ?? {}, code),
    error: (code, fields) => logger.error(fields ?? {}, code),
  };
}

/** For tests and commands that print their own. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
