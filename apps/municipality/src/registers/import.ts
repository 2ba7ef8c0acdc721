// Takes a register file over (libs/contract/register.ts): all of it or nothing.
import { registerFileSchema, type RegisterFile } from '#libs/contract/register.js';
import { readConfiguration, type ConfigurationFault } from '#libs/contract/configuration.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../issuance/parts.js';
import { replaceRegister } from '../storage/registers.js';

export type ImportFault = { readonly code: 'other-municipality' | 'older-than-stored' };
export type Imported = { readonly residents: number; readonly eventNumber: number };

/** The faults name entry and field, never a value. */
export function readRegisterFile(file: string): Result<RegisterFile, readonly ConfigurationFault[]> {
  const read = readConfiguration(file, registerFileSchema);
  if (read.ok) return read;
  // A register holds personal data, and the faults go to a terminal and its log.
  return err(read.error.map((fault) => ({ ...fault, value: '(not shown)' })));
}

export async function importRegister(
  parts: Pick<Parts, 'store' | 'code' | 'log'>,
  file: RegisterFile,
): Promise<Result<Imported, ImportFault>> {
  if (file.municipality.code !== parts.code) return err({ code: 'other-municipality' });
  const taken = await parts.store.write((manager) => replaceRegister(manager, file));
  if (!taken) return err({ code: 'older-than-stored' });
  const imported = { residents: file.residents.length, eventNumber: file.eventNumber };
  parts.log.info('register-imported', imported);
  return ok(imported);
}
