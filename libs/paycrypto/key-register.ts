// What a PIN pad remembers of its keys (X9.24-1:2009 Annex A): its own key, its name and
// the counter of 21 bits. Values with more than ten one-bits are passed over, so about a
// million transactions are in it; after the last one the pad refuses for ever.
// A pad in service keeps 21 future keys in place of the initial key; the keys that come
// out are the same.
import { assert } from '#libs/std/assert.js';
import { wipe } from '#libs/std/bytes.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { doubleLengthKeyBytes } from './des.js';
import { counterBits, deriveTransactionKey, withCounter } from './dukpt.js';

const mostOneBits = 10;
const counterEnd = 2 ** counterBits;

/** The counter value after `counter`, or null when the register is exhausted. */
export function nextCounter(counter: number): number | null {
  let next = counter + 1;
  while (next < counterEnd && oneBits(next) > mostOneBits) next += next & -next;
  return next < counterEnd ? next : null;
}

export type TransactionKey = { readonly ksn: Buffer; readonly key: Buffer; readonly counter: number };

export class KeyRegister {
  readonly #initialKey: Buffer;
  readonly #name: Buffer;
  #counter: number;

  /** `counter` is the last one used, 0 for a new pad. The key is copied; `erase` wipes the copy. */
  constructor(initialKey: Buffer, ksn: Buffer, counter: number) {
    assert(initialKey.length === doubleLengthKeyBytes, 'initial-key-length');
    this.#initialKey = Buffer.from(initialKey);
    this.#name = withCounter(ksn, 0);
    assert(Number.isInteger(counter) && counter >= 0 && counter < counterEnd, 'counter-range');
    this.#counter = counter;
  }

  get isExhausted(): boolean {
    return nextCounter(this.#counter) === null;
  }

  /**
   * Steps to the next counter. `persist` is told the value before the key exists: what is
   * not written down is not used, so a crash may lose a number but never repeats one.
   */
  next(persist: (counter: number) => void): Result<TransactionKey, 'keys-exhausted'> {
    const counter = nextCounter(this.#counter);
    if (counter === null) return err('keys-exhausted');
    persist(counter);
    this.#counter = counter;
    const ksn = withCounter(this.#name, counter);
    return ok({ ksn, counter, key: deriveTransactionKey(this.#initialKey, ksn) });
  }

  erase(): void {
    wipe(this.#initialKey);
    this.#counter = counterEnd - 1;
  }
}

function oneBits(value: number): number {
  let count = 0;
  for (let rest = value; rest > 0; rest &= rest - 1) count++;
  return count;
}
