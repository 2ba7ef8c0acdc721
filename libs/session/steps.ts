// Which of the fourteen steps (DESIGN §3) a state belongs to, and what the step is called.
// Steps 9 and 10 are one waiting for the kiosk: of how long the center waited for the municipality, the center tells it.
import type { StateName } from './state.js';

export const stepNames: Readonly<Record<number, string>> = {
  1: 'card in',
  2: 'session',
  3: 'PIN',
  4: 'login and offer',
  5: 'choice',
  6: 'review',
  7: 'request',
  8: 'card out',
  9: 'verify and route',
  10: 'prepare',
  11: 'check',
  12: 'charge',
  13: 'print',
  14: 'deliver',
};

/** `person`: the time of the state is a person's, a PIN pad's or the paper path's, not the machine's own. */
export const stateSteps: { readonly [N in StateName]: { readonly step: number; readonly person: boolean } | null } = {
  idle: null,
  'out-of-service': null,
  'reading-card': { step: 1, person: false },
  'opening-session': { step: 2, person: false },
  'enter-pin': { step: 3, person: true },
  'verifying-pin': { step: 3, person: false },
  'logging-in': { step: 4, person: false },
  choose: { step: 5, person: true },
  review: { step: 6, person: true },
  signing: { step: 7, person: false },
  'take-card': { step: 8, person: true },
  preparing: { step: 9, person: false },
  checking: { step: 11, person: false },
  readying: { step: 12, person: false },
  'insert-cash-card': { step: 12, person: true },
  'reading-cash-card': { step: 12, person: false },
  'enter-bank-pin': { step: 12, person: true },
  charging: { step: 12, person: false },
  'take-cash-card': { step: 12, person: true },
  printing: { step: 13, person: true },
  'take-paper': { step: 14, person: true },
  'thank-you': { step: 14, person: true },
  ended: { step: 14, person: true },
};
