// What the stages are asked to do. Each effect that can fail answers with exactly one
// event; those marked "no answer" are stored first and done by a worker until they hold.
import type { Chosen } from './state.js';

export type Effect =
  | { readonly type: 'read-card' } // card-read | failed
  | { readonly type: 'open-session' } // session-opened | failed
  | { readonly type: 'verify-pin'; readonly pin: Buffer } // pin-right | pin-wrong | failed
  | { readonly type: 'log-in' } // offered | failed
  | { readonly type: 'sign-request'; readonly chosen: Chosen } // signed | pin-wanted | failed
  | { readonly type: 'release-card' } // no answer: resets the card, forgets its PIN
  | { readonly type: 'send-request' } // prepared | failed
  | { readonly type: 'check-bundle' } // checked | failed
  | { readonly type: 'check-readiness' } // ready | failed: devices, and the municipality's go-ahead
  | { readonly type: 'read-cash-card' } // cash-card-read | cash-card-refused
  | { readonly type: 'ask-bank-pin' } // bank-pin-given | failed
  | { readonly type: 'charge' } // charged | bank-pin-wrong | charge-declined | charge-not-sent (no line, or no go-ahead) | charge-unknown
  | { readonly type: 'release-cash-card' } // no answer
  | { readonly type: 'cancel-bank-pin' } // no answer
  | { readonly type: 'print-copy'; readonly copy: number } // printed | not-printed | print-uncertain
  | { readonly type: 'reverse-charge'; readonly reason: string } // stored first; reversed when the bank has answered
  | { readonly type: 'report-outcome' } // no answer: stored, forwarded to the center; void where the answer was never opened
  | { readonly type: 'abort-session'; readonly reason: string } // no answer: before a request: best effort, the center's session expires by itself
  | {
      readonly type: 'open-case';
      readonly kind: 'print-uncertain' | 'refund' | 'mismatch';
      readonly amountYen: number;
      readonly code: string;
    } // no answer: stored, forwarded
  | { readonly type: 'call-staff'; readonly cause: 'citizen-asked' | 'card-left' | 'paper-left' | 'device' } // no answer: stored, forwarded
  | { readonly type: 'print-receipt' } // slip-not-printed, or no answer
  | { readonly type: 'print-slip'; readonly code: string } // slip-not-printed, or no answer: the numbered slip
  | { readonly type: 'wipe' }; // no answer: memory and devices are made as new

export type EffectType = Effect['type'];
