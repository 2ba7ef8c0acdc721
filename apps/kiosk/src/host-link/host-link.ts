// The port to the bank's host. The adapter here speaks KSK-87 (libs/iso8583); a bank with
// another protocol puts it behind the same port.
//
// What is not known is said as `unknown`: a purchase without a readable answer may have
// been posted, and only a reversal (`reverse`) settles it. `not-sent` is said only when no
// byte of the message left this process.
import type { ReversalReason } from '#libs/iso8583/response-codes.js';

export type PurchaseInput = {
  /** DE11, six digits, stored before this call and never used again on this day. */
  readonly stan: string;
  /** DE37, from `retrievalReferenceNumber(transmittedAtMs, stan)`. */
  readonly rrn: string;
  /** Epoch milliseconds; DE7, DE12 and DE13 come from it. Stored: the reversal needs it. */
  readonly transmittedAtMs: number;
  readonly pan: string;
  /** Two digits. */
  readonly panSequence: string;
  /** DE35 as the card has it: digits and one `D`. */
  readonly track2: string;
  readonly amountYen: number;
  /** DE52, 8 bytes. */
  readonly pinBlock: Buffer;
  /** DE53, 10 bytes. */
  readonly ksn: Buffer;
};

export type UnknownCause = 'timed-out' | 'connection-lost' | 'malformed-answer';

export type PurchaseOutcome =
  /** Posted. `businessDate` MMDD (DE15). */
  | { readonly outcome: 'approved'; readonly approvalCode: string; readonly businessDate: string; readonly responseCode: '00' }
  /** Nothing was posted. */
  | { readonly outcome: 'declined'; readonly responseCode: string }
  /** Perhaps posted: reverse it. */
  | { readonly outcome: 'unknown'; readonly cause: UnknownCause }
  /** Nothing left the kiosk, so nothing was posted. */
  | { readonly outcome: 'not-sent'; readonly cause: 'not-signed-on' };

export type ReversalInput = {
  /** DE11 of the reversal itself; the same in every repeat. */
  readonly stan: string;
  /** DE7 of the reversal itself; the same in every repeat. */
  readonly transmittedAtMs: number;
  /** DE39 of the 0420. */
  readonly reason: ReversalReason;
  readonly original: {
    readonly stan: string;
    readonly rrn: string;
    readonly transmittedAtMs: number;
    readonly amountYen: number;
    /** DE38, null when no answer was seen. */
    readonly approvalCode: string | null;
  };
};

export type ReversalOutcome =
  | { readonly outcome: 'reversed'; readonly responseCode: '00' }
  /** Final as well: it was never posted, and will not be if it comes late. */
  | { readonly outcome: 'original-not-found'; readonly responseCode: '25' }
  /** 91 and 96 are tried again; anything else is a case (`reversalVerdict`). */
  | { readonly outcome: 'refused'; readonly responseCode: string }
  | { readonly outcome: 'no-answer'; readonly cause: UnknownCause | 'not-signed-on' };

export interface HostLink {
  isSignedOn(): boolean;
  purchase(input: PurchaseInput): Promise<PurchaseOutcome>;
  /** `repeat`: 0421 with the same elements, after any earlier try that may have left. */
  reverse(input: ReversalInput, options: { readonly repeat: boolean }): Promise<ReversalOutcome>;
  /** Signs off where it can. Whatever waits becomes `unknown`. May be called twice. */
  close(): Promise<void>;
}
