// The bank's encrypting PIN pad (EPP). A PIN goes in, a PIN block and a KSN come out;
// no method of this port can return a PIN.
import type { Result } from '#libs/std/result.js';

export type PinPadFault = {
  readonly code: 'cancelled' | 'timed-out' | 'unavailable' | 'keys-exhausted';
  readonly detail: string;
};

export type PinEntry = {
  /** The account number the block is bound to (ISO 9564-1 format 0). Digits, no check for Luhn here. */
  readonly pan: string;
  /** Shown on the pad's own display: integer yen. */
  readonly amountYen: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Called with the number of digits entered so far, for the ＊ on the screen. */
  readonly onDigits?: (count: number) => void;
};

/** DE52 (8 bytes) and DE53 (10 bytes, X9.24-1:2009 TDES DUKPT). */
export type EncipheredPin = { readonly pinBlock: Buffer; readonly ksn: Buffer };

export interface PinPad {
  readonly description: string;
  isReady(): Promise<boolean>;
  enterPin(entry: PinEntry): Promise<Result<EncipheredPin, PinPadFault>>;
  close(): Promise<void>;
}
