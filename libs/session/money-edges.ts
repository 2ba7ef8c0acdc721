// Steps 9 to 12: from the signed request to the fee.
import { edge, go, remind, stay, type Edge, type Move } from './edge.js';
import { end, endBecause } from './end.js';
import { bankPinTries } from './limits.js';
import { stopping } from './stopping.js';
import type { StateName, Visit } from './state.js';

export const moneyEdges: readonly Edge[] = [
  edge({
    from: 'preparing',
    on: 'prepared',
    to: ['checking'],
    journal: 'prepared',
    does: (visit, { prepareMs }) => go('checking', { ...visit, prepareMs }, [{ type: 'check-bundle' }]),
  }),
  edge({
    from: 'checking',
    on: 'checked',
    to: ['readying'],
    journal: 'checked',
    does: (visit, event) =>
      go(
        'readying',
        { ...visit, copies: Array.from({ length: event.copies }, () => 'prepared' as const), pagesPerCopy: event.pagesPerCopy },
        [{ type: 'check-readiness' }],
      ),
  }),
  edge({
    from: 'readying',
    on: 'ready',
    to: ['printing', 'insert-cash-card', 'reading-cash-card'],
    journal: 'ready',
    does: (visit) => (visit.chosen?.feeYen === 0 ? startPrinting(visit) : askForCashCard(visit)),
  }),
  edge({
    from: 'insert-cash-card',
    on: 'cash-card-inserted',
    to: ['reading-cash-card'],
    journal: 'cash-card-in',
    does: (visit) => go('reading-cash-card', { ...visit, cashCardInside: true, bankProblem: null }, [{ type: 'read-cash-card' }]),
  }),
  edge({
    from: 'reading-cash-card',
    on: 'cash-card-refused',
    to: ['insert-cash-card'],
    journal: 'cash-card-refused',
    does: (visit, event) => go('insert-cash-card', { ...visit, bankProblem: event.sentence }, [{ type: 'release-cash-card' }]),
  }),
  edge({
    from: 'reading-cash-card',
    on: 'cash-card-read',
    to: ['enter-bank-pin'],
    journal: 'cash-card-read',
    does: (visit) => go('enter-bank-pin', { ...visit, pinPadDigits: 0 }, [{ type: 'ask-bank-pin' }]),
  }),
  edge({
    from: 'enter-bank-pin',
    on: 'pin-pad-digits',
    to: ['enter-bank-pin'],
    journal: 'pin-pad-digits',
    does: (visit, event, state) => stay(state, { ...visit, pinPadDigits: event.count }),
  }),
  edge({
    from: 'enter-bank-pin',
    on: 'bank-pin-given',
    to: ['charging'],
    journal: 'charge-intended',
    does: (visit) => go('charging', { ...visit, charge: 'pending' }, [{ type: 'charge' }]),
  }),
  edge({
    from: 'charging',
    on: 'charged',
    to: ['take-cash-card', 'printing'],
    journal: 'charged',
    does: (visit) => afterCharge({ ...visit, charge: 'posted' }),
  }),
  edge({
    from: 'charging',
    on: 'bank-pin-wrong',
    to: ['reading-cash-card', 'ended'],
    journal: 'bank-pin-wrong',
    does: (visit, event) => {
      const bankPinTriesUsed = visit.bankPinTriesUsed + 1;
      const next: Visit = { ...visit, charge: 'declined', bankPinTriesUsed, bankProblem: event.sentence, pinPadDigits: 0 };
      if (bankPinTriesUsed >= bankPinTries) return endBecause(next, 'bank-pin-wrong');
      // A wrong PIN ends the transaction; the next try is a whole new one, from the card on (reference: payment §1).
      return visit.cashCardInside ? go('reading-cash-card', next, [{ type: 'read-cash-card' }]) : endBecause(next, 'cash-card-pulled');
    },
  }),
  edge({
    from: 'charging',
    on: 'charge-declined',
    to: ['ended'],
    journal: 'charge-declined',
    does: (visit, event) => end({ ...visit, charge: 'declined' }, event),
  }),
  edge({
    from: 'charging',
    on: 'charge-not-sent',
    to: ['ended'],
    journal: 'charge-not-sent',
    does: (visit, event) => end({ ...visit, charge: 'none' }, event),
  }),
  edge({
    from: 'charging',
    on: 'charge-unknown',
    to: ['ended'],
    journal: 'charge-unknown',
    does: (visit) => endBecause({ ...visit, charge: 'unknown' }, 'charge-unknown'),
  }),
  edge({
    from: 'take-cash-card',
    on: 'cash-card-removed',
    to: ['printing'],
    journal: 'cash-card-out',
    does: (visit) => startPrinting({ ...visit, cashCardInside: false }),
  }),
  edge({
    from: 'take-cash-card',
    on: 'timed-out',
    to: ['take-cash-card', 'ended'],
    journal: 'cash-card-left',
    does: (visit, _event, state) => (visit.reminded ? endBecause(visit, 'cash-card-left') : remind(state, 'card-left')),
  }),
  ...failing(['preparing', 'checking', 'readying', 'insert-cash-card', 'reading-cash-card', 'enter-bank-pin', 'take-cash-card']),
  ...cashCardPulled(['reading-cash-card', 'enter-bank-pin']),
  ...stopping(['preparing', 'checking', 'readying', 'insert-cash-card', 'reading-cash-card', 'enter-bank-pin']),
  edge({
    from: 'insert-cash-card',
    on: 'timed-out',
    to: ['ended'],
    journal: 'nobody-there',
    does: (visit) => endBecause(visit, 'nobody-there'),
  }),
];

function askForCashCard(visit: Visit): Move {
  return visit.cashCardInside ? go('reading-cash-card', visit, [{ type: 'read-cash-card' }]) : go('insert-cash-card', visit);
}

/** The cash card is out before anything prints. */
function afterCharge(visit: Visit): Move {
  return visit.cashCardInside ? go('take-cash-card', visit, [{ type: 'release-cash-card' }]) : startPrinting(visit);
}

function startPrinting(visit: Visit): Move {
  const copies = visit.copies.map((copy, index) => (index === 0 ? ('printing' as const) : copy));
  return go('printing', { ...visit, copies, reminded: false }, [{ type: 'print-copy', copy: 1 }]);
}

function failing(states: readonly StateName[]): Edge[] {
  return states.map((from) => edge({ from, on: 'failed', to: ['ended'], journal: 'failed', does: (visit, event) => end(visit, event) }));
}

function cashCardPulled(states: readonly StateName[]): Edge[] {
  return states.map((from) =>
    edge({
      from,
      on: 'cash-card-removed',
      to: ['ended'],
      journal: 'cash-card-pulled',
      does: (visit) => endBecause({ ...visit, cashCardInside: false }, 'cash-card-pulled'),
    }),
  );
}
