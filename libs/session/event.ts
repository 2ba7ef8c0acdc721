// What can happen: a device moved, a person touched, an effect came back, time ran out.
import type { Offer } from '#libs/contract/offer.js';
import type { PrintSighting } from '#libs/contract/staff.js';
import type { CertificateChoice } from '#libs/contract/statements.js';
import type { FeesClosed, SessionIds, Visit } from './state.js';

export type Event =
  // the devices
  | { readonly type: 'card-inserted'; readonly ids: SessionIds }
  | { readonly type: 'card-removed' }
  | { readonly type: 'cash-card-inserted' }
  | { readonly type: 'cash-card-removed' }
  | { readonly type: 'pin-pad-digits'; readonly count: number }
  | { readonly type: 'printer-stopped'; readonly reason: string | null }
  // the person
  | { readonly type: 'pin-entered'; readonly pin: Buffer }
  | { readonly type: 'chosen'; readonly choice: CertificateChoice; readonly copies: number }
  | { readonly type: 'confirmed' }
  | { readonly type: 'back' }
  | { readonly type: 'stop' }
  | { readonly type: 'staff-called' }
  | { readonly type: 'done' }
  // time
  | { readonly type: 'timed-out' }
  // the bank
  /** Its hours have begun or ended, or its line has come or gone. */
  | { readonly type: 'fees-became'; readonly closed: FeesClosed | null }
  // what effects came to
  | { readonly type: 'card-read'; readonly triesLeft: number }
  | { readonly type: 'session-opened' }
  | { readonly type: 'pin-right' }
  | { readonly type: 'pin-wrong'; readonly triesLeft: number }
  | { readonly type: 'offered'; readonly offer: Offer }
  | { readonly type: 'signed' }
  | { readonly type: 'pin-wanted'; readonly triesLeft: number }
  | { readonly type: 'prepared'; readonly prepareMs: number }
  | { readonly type: 'checked'; readonly copies: number; readonly pagesPerCopy: number }
  | { readonly type: 'ready' }
  | { readonly type: 'cash-card-read' }
  | { readonly type: 'cash-card-refused'; readonly sentence: string }
  | { readonly type: 'bank-pin-given' }
  | { readonly type: 'charged' }
  | { readonly type: 'bank-pin-wrong'; readonly sentence: string }
  | { readonly type: 'charge-declined'; readonly code: string; readonly sentence: string | null }
  /** No 0200 left: the line to the bank is down, or the municipality gave no go-ahead. */
  | { readonly type: 'charge-not-sent'; readonly code: string; readonly sentence: string | null }
  | { readonly type: 'charge-unknown' }
  /** `seen`: what the printer said, for the journal; absent where nobody was asked. */
  | { readonly type: 'printed'; readonly copy: number; readonly seen?: PrintSighting }
  | { readonly type: 'not-printed'; readonly copy: number; readonly code: string; readonly seen?: PrintSighting }
  | { readonly type: 'print-uncertain'; readonly copy: number; readonly code: string; readonly seen?: PrintSighting }
  /** Receipt or numbered slip did not come out, or nobody knows; staff have been called. */
  | { readonly type: 'slip-not-printed'; readonly code: string }
  /** The bank has answered a reversal. `wasPosted` false: nobody knows whether it had taken the money; nothing of it stands. */
  | { readonly type: 'reversed'; readonly wasPosted: boolean }
  /** An effect ended the visit. `sentence` is what the other side said for the citizen; null: endings.ts knows it. */
  | { readonly type: 'failed'; readonly code: string; readonly sentence: string | null }
  // the kiosk itself
  /** After a crash: sheets of a visit that has been ended may still lie in the tray. */
  | { readonly type: 'recovered'; readonly visit: Visit; readonly code: string }
  | { readonly type: 'put-in-service' }
  | { readonly type: 'put-out-of-service'; readonly code: string };

export type EventType = Event['type'];
