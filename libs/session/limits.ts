// Every waiting of a visit, in one table. `onTimeOut` is what the kiosk does when the
// person does not act; states that wait for an effect have the effect's own deadline
// (apps/kiosk/src/limits.ts) and no entry here.
import type { StateName } from './state.js';

const second = 1000;

/** Milliseconds that a person has in a state. `more-time` gives all of it again. */
export const personTimeoutMs: Partial<Record<StateName, number>> = {
  'enter-pin': 90 * second,
  choose: 180 * second,
  review: 120 * second,
  'take-card': 30 * second,
  'insert-cash-card': 90 * second,
  'take-cash-card': 30 * second,
  'take-paper': 60 * second,
  'thank-you': 15 * second,
  ended: 30 * second,
};

/** The PIN of the cash card may be typed wrongly so often in one visit; the bank locks by its own count. */
export const bankPinTries = 3;
