// The key register of the emulated PIN pad with its place on disk: one small JSON file
// that holds the name of the pad and the last counter, never a key. It is written and
// synced before a key is used, so no PIN block is ever made twice under one key.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { toHex } from '#libs/std/bytes.js';
import { assert } from '#libs/std/assert.js';
import { withCounter } from '#libs/paycrypto/dukpt.js';
import { KeyRegister } from '#libs/paycrypto/key-register.js';

const stateSchema = z.strictObject({ pad: z.string(), counter: z.int().min(0) });

export type PinPadKeysOptions = {
  /** 16 bytes; copied. */
  readonly initialKey: Buffer;
  /** Any KSN of the pad, 10 bytes. */
  readonly ksn: Buffer;
  /** Absent: the counter begins at zero with every start, which is right only with a fresh key. */
  readonly stateFile?: string | undefined;
};

export type PinPadKeys = { readonly register: KeyRegister; readonly persist: (counter: number) => void };

export function openPinPadKeys({ initialKey, ksn, stateFile }: PinPadKeysOptions): PinPadKeys {
  const pad = toHex(withCounter(ksn, 0));
  const counter = stateFile === undefined ? 0 : readCounter(stateFile, pad);
  const persist = (next: number): void => {
    if (stateFile !== undefined) writeCounter(stateFile, { pad, counter: next });
  };
  return { register: new KeyRegister(initialKey, ksn, counter), persist };
}

function readCounter(stateFile: string, pad: string): number {
  if (!existsSync(stateFile)) return 0;
  const state = stateSchema.parse(JSON.parse(readFileSync(stateFile, 'utf8')));
  // Another pad's counter would be a number out of the air: better not to start at all.
  assert(state.pad === pad, 'pin-pad-state-of-another-pad');
  return state.counter;
}

function writeCounter(stateFile: string, state: z.infer<typeof stateSchema>): void {
  const draft = `${stateFile}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, JSON.stringify(state));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, stateFile);
}
