// Every lifetime that a visit leans on, in one table (DESIGN §4 "Time"): how long it is, where it
// is set and looked at, over which states it has to last, and what happens when somebody is
// slower. Deadlines of the screen are limits.ts's; those of effects are the kiosk's own.
//
// The proof is lifetimes.test.ts: a lifetime outlasts the longest way through its states, or its
// end is met at a safe edge: the visit ends, the cards are free, nothing is charged. That the parts
// enforce these very numbers is test/center/lifetimes-are-those-of-the-parts.test.ts.
import type { EventType } from './event.js';
import type { StateName } from './state.js';

const second = 1_000;
const minute = 60 * second;

/** Where a slower person arrives, and how the visit ends there. */
export type SafeEdge = { readonly at: StateName; readonly on: EventType; readonly code: string };

export type Lifetime = {
  readonly ms: number;
  /** Who sets it, and who looks at it for the last time. */
  readonly set: string;
  readonly looked: string;
  /** The states in which it has to last, in the order of the visit. */
  readonly spans: readonly StateName[];
  /** Null: it outlasts every way through its states. */
  readonly over: readonly SafeEdge[] | null;
};

/** The longest that the machine's own states take; the effects' deadlines in the kiosk (apps/kiosk/src/limits.ts). */
export const machineMs: Partial<Record<StateName, number>> = {
  'logging-in': 30 * second,
  /** Three tries of 60 s, and the pauses between them. */
  preparing: 3 * 60 * second + 2 * second,
};

export const lifetimes = {
  /** Token and nonce of the session: one thing, one end. */
  session: {
    ms: 20 * minute,
    set: 'issuance-center limits.sessionLifeMs, at the opening',
    looked: 'issuance-center authenticate.ts, at the login and at each request',
    spans: ['enter-pin', 'verifying-pin', 'logging-in', 'choose', 'review', 'signing', 'take-card', 'preparing'],
    over: [
      { at: 'logging-in', on: 'failed', code: 'session-expired' },
      { at: 'preparing', on: 'failed', code: 'session-expired' },
    ],
  },
  /** The PIN, live on the card from VERIFY to the card's reset. Whoever goes ends it by going: this long at most. */
  livePin: {
    ms: 180 * second,
    set: 'kiosk, VERIFY in card-stage.ts',
    looked: 'the person time of choose and review (limits.ts); the end resets the card and aborts the session',
    spans: ['choose', 'review', 'signing'],
    over: [
      { at: 'choose', on: 'timed-out', code: 'nobody-there' },
      { at: 'review', on: 'timed-out', code: 'nobody-there' },
    ],
  },
  /** From the card's signature under the login to the center, the difference of the clocks in it. */
  loginStatement: {
    ms: 60 * second,
    set: 'kiosk, the time in the statement',
    looked: 'issuance-center limits.clockToleranceMs',
    spans: ['logging-in'],
    over: null,
  },
  /** What a municipality will issue, and at what fee. */
  offer: {
    ms: 10 * minute,
    set: 'municipality limits.offerMs, at the login',
    looked: 'municipality claim.ts, at the request',
    spans: ['choose', 'review', 'signing', 'enter-pin', 'verifying-pin', 'take-card', 'preparing'],
    over: [{ at: 'preparing', on: 'failed', code: 'offer-expired' }],
  },
  /** From the card's signature under the request, which it makes before it is taken out, to the center. */
  requestStatement: {
    ms: 9 * minute,
    set: 'kiosk, the time in the statement',
    looked: 'issuance-center limits.requestMaxAgeMs; the municipality allows a minute more',
    spans: ['take-card', 'preparing'],
    over: [{ at: 'preparing', on: 'failed', code: 'session-expired' }],
  },
  /** From an OCSP answer's thisUpdate to the center's look; the municipality allows a minute more for the way. */
  ocspAnswer: {
    ms: 20 * minute,
    set: 'JPKI, thisUpdate',
    looked: 'libs/pki ocspMaxAgeMs, at the login and anew at the request',
    spans: ['preparing'],
    over: null,
  },
  /** How long prepared copies may be charged for. What is charged is finished, however long its printing takes. */
  manifest: {
    ms: 60 * minute,
    set: 'municipality limits.bundleMs, when the copies are made',
    looked: 'kiosk, at the check and again before the 0200 is written down',
    spans: ['checking', 'readying', 'insert-cash-card', 'reading-cash-card', 'enter-bank-pin', 'charging'],
    over: [{ at: 'charging', on: 'charge-not-sent', code: 'manifest-expired' }],
  },
  /** Token of a session in which something is prepared: before a 0200 the municipality is asked through it. */
  preparedSession: {
    ms: 60 * minute,
    set: 'issuance-center limits.preparedLifeMs, when the copies come',
    looked: 'issuance-center authenticate.ts, at each go-ahead',
    spans: ['checking', 'readying', 'insert-cash-card', 'reading-cash-card', 'enter-bank-pin', 'charging'],
    over: [{ at: 'charging', on: 'charge-not-sent', code: 'session-expired' }],
  },
} as const satisfies Readonly<Record<string, Lifetime>>;
