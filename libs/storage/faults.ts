// What a database says when a constraint held, read the same from both engines.
import { QueryFailedError } from 'typeorm';

const uniqueCodes = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);
/** serialization_failure and deadlock_detected (PostgreSQL, appendix A): the same work may be tried again. */
const retryCodes = new Set(['40001', '40P01']);

/**
 * A row with this key is there already. On PostgreSQL the transaction is lost with it, so
 * catch it around `Store.write`, never inside; where it is expected, insert with
 * `.orIgnore()` and look at what is there.
 */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueCodes.has(driverCode(error));
}

export function isSerializationFailure(error: unknown): boolean {
  return retryCodes.has(driverCode(error));
}

function driverCode(error: unknown): string {
  if (!(error instanceof QueryFailedError)) return '';
  const cause: unknown = error.driverError;
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
