// Elementary files of the emulated card and who may use them (card-and-pki §2, §5, §7;
// JICSAP 2.0: transparent and record files, and internal files that hold PINs and keys).
import type { KeyObject } from 'node:crypto';
import { assert } from '#libs/std/assert.js';
import { equalBytes, wipe } from '#libs/std/bytes.js';

/** Any one of these PIN files verified; an empty list means free. */
export type Access = readonly PinFile[];

export type ElementaryFile =
  | { readonly kind: 'transparent'; readonly content: () => Buffer; readonly read: Access }
  | { readonly kind: 'records'; readonly records: readonly Buffer[]; readonly read: Access }
  | { readonly kind: 'signature-key'; readonly key: () => KeyObject; readonly use: Access }
  | { readonly kind: 'authentication-key'; readonly key: () => KeyObject }
  | PinFile;

export type Application = {
  readonly aid: Buffer;
  readonly files: ReadonlyMap<number, ElementaryFile>;
  /** CHANGE REFERENCE DATA (24) in JPKI and text AP, CHANGE KEY (32) in the common AP. */
  readonly changeInstruction: 0x24 | 0x32;
  /** P2 that names the current key in COMPUTE DIGITAL SIGNATURE: 80 in the JPKI-AP, 00 in the text AP. */
  readonly currentKeyP2: 0x80 | 0x00;
};

export type PinRules = {
  readonly maximumTries: number;
  readonly shortestBytes: number;
  readonly longestBytes: number;
};

/** An internal file with a PIN: the counter belongs to the chip and outlives power. */
export class PinFile {
  readonly kind = 'pin';
  readonly #rules: PinRules;
  #reference: Buffer;
  #triesLeft: number;

  constructor(reference: string, rules: PinRules) {
    this.#rules = rules;
    this.#reference = Buffer.from(reference, 'latin1');
    this.#triesLeft = rules.maximumTries;
    assert(this.accepts(this.#reference), 'a PIN of this length cannot be on this card');
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  /** What a test or a story sets; zero blocks. */
  setTriesLeft(triesLeft: number): void {
    assert(triesLeft >= 0 && triesLeft <= this.#rules.maximumTries, 'tries out of range');
    this.#triesLeft = triesLeft;
  }

  accepts(candidate: Uint8Array): boolean {
    return candidate.length >= this.#rules.shortestBytes && candidate.length <= this.#rules.longestBytes;
  }

  /** Bytes are compared as they are: no padding, no change of case. */
  verify(candidate: Uint8Array): boolean {
    assert(this.#triesLeft > 0, 'a blocked PIN is not compared');
    const right = equalBytes(candidate, this.#reference);
    this.#triesLeft = right ? this.#rules.maximumTries : this.#triesLeft - 1;
    return right;
  }

  change(reference: Uint8Array): void {
    assert(this.accepts(reference), 'a PIN of this length cannot be on this card');
    wipe(this.#reference);
    this.#reference = Buffer.from(reference);
    this.#triesLeft = this.#rules.maximumTries;
  }
}
