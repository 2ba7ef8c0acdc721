// One process a database file, where a second one would do harm: it would take what the first
// is in the middle of for what a crash left open. The lock is SQLite's own, on a file beside,
// so the system lets go of it when its owner dies, however it dies.
import { resolve } from 'node:path';
import { DataSource } from 'typeorm';
import { err, ok, type Result } from '#libs/std/result.js';
import { requireFolder } from './source.js';

export type SoleOwner = { release(): Promise<void> };

/** `in-use`: another process holds it. Throws what the driver throws where no file can be written. */
export async function takeSoleOwnership(file: string): Promise<Result<SoleOwner, { readonly code: 'in-use' }>> {
  requireFolder(file);
  const source = new DataSource({ type: 'better-sqlite3', database: `${resolve(file)}.lock`, timeout: 0, logging: false });
  await source.initialize();
  try {
    await source.query('BEGIN EXCLUSIVE');
  } catch (cause) {
    await source.destroy();
    if (isBusy(cause)) return err({ code: 'in-use' });
    throw cause;
  }
  return ok({ release: () => source.destroy() });
}

function isBusy(cause: unknown): boolean {
  const driver: unknown = cause instanceof Error && 'driverError' in cause ? cause.driverError : cause;
  return typeof driver === 'object' && driver !== null && 'code' in driver && driver.code === 'SQLITE_BUSY';
}
