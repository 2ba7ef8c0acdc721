// The books on disk, only where the configuration names a file: one JSON document, synced
// and put in place in one step, so a crash leaves the state of before or of after.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { ledgerLineSchema } from '#libs/contract/simulators.js';

const accountRecordSchema = z.strictObject({
  pan: z.string().regex(/^\d{16}$/),
  panSequence: z.string().regex(/^\d{2}$/),
  number: z.string(),
  /** Of the PIN, to its natural PIN; tells nothing alone. */
  offset: z.string().regex(/^\d{4}$/),
  pinTriesLeft: z.int().min(0),
});
export type AccountRecord = z.infer<typeof accountRecordSchema>;

const transactionRecordSchema = z.strictObject({
  state: z.enum(['posted', 'declined', 'reversed']),
  amountYen: z.int().min(0),
  account: z.string(),
  rrn: z.string(),
});
export type TransactionRecord = z.infer<typeof transactionRecordSchema>;

const booksStateSchema = z.strictObject({
  hsm: z.strictObject({ wrappedPvk: z.string().regex(/^[0-9A-F]{32}$/), padCounters: z.record(z.string(), z.int()) }),
  accounts: z.array(accountRecordSchema),
  lines: z.array(ledgerLineSchema),
  transactions: z.record(z.string(), transactionRecordSchema),
  tombstones: z.array(z.string()),
  answers: z.record(z.string(), z.strictObject({ digest: z.string(), answer: z.string() })),
});
export type BooksState = z.infer<typeof booksStateSchema>;

/** Null when there is none yet. A file that is not ours throws: a bank does not start on broken books. */
export function readState(file: string): BooksState | null {
  return existsSync(file) ? booksStateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export function writeState(file: string, state: BooksState): void {
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, JSON.stringify(state));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
