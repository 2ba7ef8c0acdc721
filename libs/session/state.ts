// The life of one visit to the kiosk (DESIGN §3, §4). A state is a name and what is
// known so far; there is one visit at a time, so one state for the whole kiosk.
import type { Offer } from '#libs/contract/offer.js';
import type { CertificateChoice } from '#libs/contract/statements.js';

export const stateNames = [
  'idle',
  'reading-card',
  'opening-session',
  'enter-pin',
  'verifying-pin',
  'logging-in',
  'choose',
  'review',
  'signing',
  'take-card',
  'preparing',
  'checking',
  'readying',
  'insert-cash-card',
  'reading-cash-card',
  'enter-bank-pin',
  'charging',
  'take-cash-card',
  'printing',
  'take-paper',
  'thank-you',
  'ended',
  'out-of-service',
] as const;
export type StateName = (typeof stateNames)[number];

/** Why no fee can be taken now, for the citizen. `hours`: the bank's; `away`: its host has not signed the kiosk on. */
export type FeesClosed = { readonly cause: 'hours' | 'away'; readonly sentence: string };

/** Made by the kiosk and written down before anything is sent (DESIGN §4). */
export type SessionIds = {
  readonly session: string;
  readonly request: string;
  /** What the screen and the slip show, before the 0200 leaves. */
  readonly inquiryNumber: string;
};

/**
 * `pending`: a 0200 is written down and may have left. `unknown`: no answer that can be
 * trusted. `reversing`: the reversal is written down. Only `posted` is money taken. When the
 * reversal is answered: `reversed` what was known to be posted; `nothing-stands` where no 0210 came,
 * for the bank says 00 as well to the reversal of what it had declined.
 */
export type ChargeState = 'none' | 'pending' | 'posted' | 'declined' | 'unknown' | 'reversing' | 'reversed' | 'nothing-stands';

export type CopyState = 'prepared' | 'printing' | 'printed' | 'not-printed' | 'uncertain';

/**
 * The numbered slip. `asked`: it is being printed, or out. `missing`: it, or the receipt beside it, did not come
 * out; the person has the number from the screen. `none`: there is nothing that one would be for.
 */
export type SlipState = 'none' | 'asked' | 'missing';

export type Chosen = { readonly choice: CertificateChoice; readonly copies: number; readonly feeYen: number };

/** Everything that a visit knows. It lives in memory only; the journal holds codes and ids of it. */
export type Visit = {
  readonly ids: SessionIds | null;
  readonly triesLeft: number;
  readonly wrongPin: boolean;
  /** The PIN is asked a second time because the card wants it again (6982). */
  readonly pinAgain: boolean;
  readonly sessionOpen: boolean;
  readonly offer: Offer | null;
  readonly chosen: Chosen | null;
  /** The signed request is on its way, or was: somebody may be making the copies. */
  readonly requested: boolean;
  /** How long step 10 took, as the center says; null before. */
  readonly prepareMs: number | null;
  readonly copies: readonly CopyState[];
  readonly pagesPerCopy: number;
  readonly charge: ChargeState;
  readonly slip: SlipState;
  readonly bankPinTriesUsed: number;
  readonly bankProblem: string | null;
  readonly pinPadDigits: number;
  readonly printerStopped: string | null;
  readonly cardInside: boolean;
  readonly cashCardInside: boolean;
  readonly staffCalled: boolean;
  /** Of the kiosk, not of the visit: it outlives every visit. Null: fees can be taken. */
  readonly feesClosed: FeesClosed | null;
  /** The person was reminded once of what they left; the next time-out acts. */
  readonly reminded: boolean;
};

/** `sentence` null: endings.ts has it. */
export type Ending = { readonly code: string; readonly sentence: string | null };

export type State = { readonly name: StateName; readonly visit: Visit; readonly ending: Ending | null };

export const emptyVisit: Visit = {
  ids: null,
  triesLeft: 0,
  wrongPin: false,
  pinAgain: false,
  sessionOpen: false,
  offer: null,
  chosen: null,
  requested: false,
  prepareMs: null,
  copies: [],
  pagesPerCopy: 0,
  charge: 'none',
  slip: 'none',
  bankPinTriesUsed: 0,
  bankProblem: null,
  pinPadDigits: 0,
  printerStopped: null,
  cardInside: false,
  cashCardInside: false,
  staffCalled: false,
  feesClosed: null,
  reminded: false,
};

export const initialState: State = { name: 'out-of-service', visit: emptyVisit, ending: { code: 'starting', sentence: null } };
