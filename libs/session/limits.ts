// Every waiting of a visit, in one table. `onTimeOut` is what the kiosk does when the
// person does not act; states that wait for an effect have the effect's own deadline
// (apps/kiosk/src/limits.ts) and no entry here.
import type { State, StateName } from './state.js';

const second = 1000;

/** Milliseconds that a person has in a state. `more-time` gives all of it again, `moreTimesAtMost` times. */
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

/** WCAG 2.2, success criterion 2.2.1, asks for ten at least; a panel that touches itself ends all the same. */
export const moreTimesAtMost = 20;

/** Where nobody is served, 係員を呼びました stands so long; then whoever comes next can call. */
export const callShownMs = 60 * second;

/** Milliseconds after which `timed-out` comes; null: never. */
export function timeoutMsOf({ name, visit }: State): number | null {
  if (visit.ids === null && visit.staffCalled) return callShownMs;
  return personTimeoutMs[name] ?? null;
}

/** The PIN of the cash card may be typed wrongly so often in one visit; the bank locks by its own count. */
export const bankPinTries = 3;
