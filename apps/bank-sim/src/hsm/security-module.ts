// The bank's security module: the only place where a PIN block is opened. The host's own
// code gives blocks in and gets words out; no method returns a PIN or a key in the clear.
// PINs are checked by the IBM 3624 offset; keys of the pads by X9.24-1 from the BDK.
import { tdesDecrypt, tdesEncrypt, xor } from '#libs/paycrypto/des.js';
import { counterOf, deriveInitialKey, deriveTransactionKey, ksnBytes, pinEncipheringKey, withCounter } from '#libs/paycrypto/dukpt.js';
import { naturalPin, pinOffset } from '#libs/paycrypto/ibm-3624.js';
import { assert } from '#libs/std/assert.js';
import { equalBytes, toHex, wipe } from '#libs/std/bytes.js';
import { openPinBlock } from './open-pin-block.js';

const decimalizationTable = '1234567890123456';
const blockBytes = 8;
/** Keeps the BDK's two uses apart: as a base of pad keys, and as a lid on the PIN verification key. */
const wrappingVariant = Buffer.from('00000000FFFFFFFF00000000FFFFFFFF', 'hex');

/** `unreadable`: not a PIN block under this key for this account. `replayed`: a KSN that was used before. */
export type PinVerdict = 'right' | 'wrong' | 'unreadable' | 'replayed';

export type PinQuestion = { readonly pan: string; readonly offset: string; readonly pinBlock: Buffer; readonly ksn: Buffer };

/** What must survive a restart with the books: the wrapped key and the last counter of each pad. */
export type SecurityModuleState = { readonly wrappedPvk: string; readonly padCounters: Readonly<Record<string, number>> };

export class SecurityModule {
  readonly #bdk: Buffer;
  readonly #pvk: Buffer;
  readonly #padCounters: Map<string, number>;

  /** `bdk` and `pvk` 16 bytes; copied. */
  constructor(bdk: Buffer, pvk: Buffer, padCounters: Readonly<Record<string, number>> = {}) {
    assert(pvk.length === bdk.length, 'pvk-length');
    this.#bdk = Buffer.from(bdk);
    this.#pvk = Buffer.from(pvk);
    this.#padCounters = new Map(Object.entries(padCounters));
  }

  static restore(bdk: Buffer, state: SecurityModuleState): SecurityModule {
    const wrapping = xor(bdk, wrappingVariant);
    const pvk = tdesDecrypt(wrapping, Buffer.from(state.wrappedPvk, 'hex'));
    const module = new SecurityModule(bdk, pvk, state.padCounters);
    wipe(pvk);
    wipe(wrapping);
    return module;
  }

  state(): SecurityModuleState {
    const wrapping = xor(this.#bdk, wrappingVariant);
    const wrappedPvk = toHex(tdesEncrypt(wrapping, this.#pvk));
    wipe(wrapping);
    return { wrappedPvk, padCounters: Object.fromEntries(this.#padCounters) };
  }

  /** For a new card. `pin` ASCII digits; the caller wipes it. The offset may be stored. */
  offsetFor(pan: string, pin: Buffer): string {
    const natural = this.#naturalPin(pan, pin.length);
    const offset = pinOffset(pin, natural);
    wipe(natural);
    return offset;
  }

  /** The counter of a pad only grows, so no block is ever accepted twice. */
  verifyPin({ pan, offset, pinBlock, ksn }: PinQuestion): PinVerdict {
    if (pinBlock.length !== blockBytes || ksn.length !== ksnBytes) return 'unreadable';
    if (!this.#useKsn(ksn)) return 'replayed';
    const initialKey = deriveInitialKey(this.#bdk, ksn);
    const transactionKey = deriveTransactionKey(initialKey, ksn);
    const key = pinEncipheringKey(transactionKey);
    const clear = tdesDecrypt(key, pinBlock);
    const pin = openPinBlock(clear, pan);
    const verdict = pin === null ? 'unreadable' : this.#compare({ pan, offset, pin });
    for (const secret of [initialKey, transactionKey, key, clear, pin]) if (secret !== null) wipe(secret);
    return verdict;
  }

  #useKsn(ksn: Buffer): boolean {
    const pad = toHex(withCounter(ksn, 0));
    const counter = counterOf(ksn);
    if (counter <= (this.#padCounters.get(pad) ?? 0)) return false;
    this.#padCounters.set(pad, counter);
    return true;
  }

  #compare({ pan, offset, pin }: { readonly pan: string; readonly offset: string; readonly pin: Buffer }): PinVerdict {
    const natural = this.#naturalPin(pan, offset.length);
    const right = pin.length === natural.length && equalBytes(Buffer.from(pinOffset(pin, natural)), Buffer.from(offset));
    wipe(natural);
    return right ? 'right' : 'wrong';
  }

  #naturalPin(pan: string, length: number): Buffer {
    return naturalPin({ pvk: this.#pvk, decimalizationTable, validationData: pan, length });
  }
}
