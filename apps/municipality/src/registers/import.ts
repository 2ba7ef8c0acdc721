// Takes a register file over (libs/contract/register.ts): all of it or nothing.
import { registerFileSchema, type RegisterFile } from '#libs/contract/register.js';
import { readConfiguration, type ConfigurationFault } from '#libs/contract/configuration.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../issuance/parts.js';
import { describePaperRefusal, findUndrawableIssuer } from '../issuance/drawable.js';
import { findRegister, replaceRegister } from '../storage/registers.js';

/** `detail`: field and code points, of `issuer-undrawable` only. */
export type ImportFault = {
  readonly code: 'other-municipality' | 'older-than-stored' | 'event-number-used' | 'issuer-undrawable';
  readonly detail: string | null;
};
export type Imported = { readonly residents: number; readonly eventNumber: number };

/** The faults name entry and field, never a value. */
export function readRegisterFile(file: string): Result<RegisterFile, readonly ConfigurationFault[]> {
  const read = readConfiguration(file, registerFileSchema);
  if (read.ok) return read;
  // A register holds personal data, and the faults go to a terminal and its log.
  return err(read.error.map((fault) => ({ ...fault, value: '(not shown)' })));
}

export async function importRegister(
  parts: Pick<Parts, 'store' | 'code' | 'log' | 'findUndrawable'>,
  file: RegisterFile,
): Promise<Result<Imported, ImportFault>> {
  if (file.municipality.code !== parts.code) return refuse(parts, 'other-municipality');
  // Before the form is laid out; the transaction below looks again, and decides.
  const stored = await findRegister(parts.store.read);
  if (stored !== null && stored.version > file.eventNumber) return refuse(parts, 'older-than-stored');
  const undrawable = findUndrawableIssuer({ ...parts, settings: file.settings });
  if (undrawable !== null) return refuse(parts, 'issuer-undrawable', describePaperRefusal(undrawable));
  const replaced = await parts.store.write((manager) => replaceRegister(manager, file));
  if (replaced !== 'replaced') return refuse(parts, replaced);
  const imported = { residents: file.residents.length, eventNumber: file.eventNumber };
  parts.log.info('register-imported', imported);
  return ok(imported);
}

function refuse(parts: Pick<Parts, 'log'>, code: ImportFault['code'], detail: string | null = null): Result<never, ImportFault> {
  parts.log.warn('register-refused', { reason: code, detail });
  return err({ code, detail });
}
