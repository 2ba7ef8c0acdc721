// Steps 13 and 14, and the end of every visit.
import { edge, go, remind, stay, type Edge, type Move } from './edge.js';
import { endBecause, paperOf } from './end.js';
import type { EventType } from './event.js';
import { keepingFees } from './fee-edges.js';
import { emptyVisit, stateNames, type CopyState, type State, type StateName, type Visit } from './state.js';

export const paperEdges: readonly Edge[] = [
  edge({
    from: 'printing',
    on: 'printed',
    to: ['printing', 'take-paper'],
    journal: 'printed',
    does: (visit, event) => afterCopy(withCopy(visit, event.copy, 'printed'), event.copy),
  }),
  edge({
    from: 'printing',
    on: 'not-printed',
    to: ['ended'],
    journal: 'not-printed',
    does: (visit, event) => {
      const ended = withoutTheRest(withCopy(visit, event.copy, 'not-printed'));
      return endBecause(ended, ended.copies.includes('printed') ? 'printed-in-part' : event.code);
    },
  }),
  edge({
    from: 'printing',
    on: 'print-uncertain',
    to: ['ended'],
    journal: 'print-uncertain',
    does: (visit, event) => endBecause(withoutTheRest(withCopy(visit, event.copy, 'uncertain')), 'print-uncertain'),
  }),
  edge({
    from: 'printing',
    on: 'printer-stopped',
    to: ['printing'],
    journal: 'printer-stopped',
    does: (visit, event, state) => stay(state, { ...visit, printerStopped: event.reason }),
  }),
  edge({
    from: 'take-paper',
    on: 'done',
    to: ['thank-you'],
    journal: 'paper-taken',
    does: (visit) => go('thank-you', visit),
  }),
  // No new visit until the citizen, or staff who came, says that the tray is empty.
  edge({
    from: 'take-paper',
    on: 'timed-out',
    to: ['take-paper'],
    journal: 'paper-left',
    does: (visit, _event, state) => (visit.reminded ? stay(state) : remind(state, 'paper-left')),
  }),
  ...leaving('thank-you', 'timed-out'),
  ...leaving('thank-you', 'done'),
  ...leaving('ended', 'timed-out'),
  ...leaving('ended', 'done'),
  edge({
    from: 'ended',
    on: 'reversed',
    to: ['ended'],
    journal: 'reversed',
    does: (visit, event, state) => stay(state, { ...visit, charge: event.wasPosted ? 'reversed' : 'nothing-stands' }),
  }),
  edge({
    from: 'ended',
    on: 'card-removed',
    to: ['ended'],
    journal: 'card-out',
    does: (visit, _event, state) => stay(state, { ...visit, cardInside: false }),
  }),
  ...lateAnswers(['card-read', 'cash-card-read', 'cash-card-refused', 'failed']),
  edge({
    from: 'out-of-service',
    on: 'recovered',
    to: ['ended'],
    journal: 'last-visit-shown',
    does: (visit, event) => ({ ...shownAgain(keepingFees(event.visit, visit)), ending: { code: event.code, sentence: null } }),
  }),
  ...callForgotten(['idle', 'out-of-service']),
  edge({ from: 'out-of-service', on: 'put-in-service', to: ['idle'], journal: 'put-in-service', does: (visit) => go('idle', visit) }),
  edge({
    from: 'idle',
    on: 'put-out-of-service',
    to: ['out-of-service'],
    journal: 'put-out-of-service',
    does: (visit, event) => ({ ...go('out-of-service', visit), ending: { code: event.code, sentence: null } }),
  }),
  edge({
    from: 'out-of-service',
    on: 'put-out-of-service',
    to: ['out-of-service'],
    journal: 'put-out-of-service',
    does: (visit, event) => ({ ...go('out-of-service', visit), ending: { code: event.code, sentence: null } }),
  }),
  ...stateNames.flatMap(keepingTrack),
];

/** Called with nobody being served: the words go, so that the next person can call; staff have the call. */
function callForgotten(states: readonly StateName[]): Edge[] {
  return states.map((from) =>
    edge({
      from,
      on: 'timed-out',
      to: [from],
      journal: 'call-forgotten',
      does: (visit, _event, state) => stay(state, { ...visit, staffCalled: false }),
    }),
  );
}

/** Wherever nothing else is said: which cards are in, and that staff were called. */
function keepingTrack(from: StateName): Edge[] {
  const edges: Edge[] = [
    edge({
      from,
      on: 'staff-called',
      to: [from],
      journal: 'staff-called',
      // Once a visit: pressing again brings nobody sooner. Without a visit each press is told, and the trail joins them.
      does: (visit, _event, state) =>
        visit.staffCalled && visit.ids !== null
          ? stay(state)
          : { ...stay(state, { ...visit, staffCalled: true }), effects: [{ type: 'call-staff', cause: 'citizen-asked' }] },
    }),
  ];
  if (from !== 'insert-cash-card') {
    edges.push(
      edge({
        from,
        on: 'cash-card-inserted',
        to: [from],
        journal: 'cash-card-in',
        does: (visit, _event, state) => stay(state, { ...visit, cashCardInside: true }),
      }),
    );
  }
  if (!['reading-cash-card', 'enter-bank-pin', 'take-cash-card'].includes(from)) {
    edges.push(
      edge({
        from,
        on: 'cash-card-removed',
        to: [from],
        journal: 'cash-card-out',
        does: (visit, _event, state) => stay(state, { ...visit, cashCardInside: false }),
      }),
    );
  }
  return edges;
}

/** A card that was being connected when the visit ended is let go now: the release at the end came too early for it. */
function lateAnswers(answers: readonly EventType[]): Edge[] {
  return answers.map((on) =>
    edge({
      from: 'ended',
      on,
      to: ['ended'],
      journal: 'late-answer',
      does: (_visit, _event, state) => ({ ...stay(state), effects: [{ type: 'release-cash-card' }, { type: 'release-card' }] }),
    }),
  );
}

/** Whoever is still there reads what became of the money and takes the card; for sheets in the tray somebody has to come. */
function shownAgain(visit: Visit): Move {
  if (paperOf(visit) === 'none') return go('ended', visit);
  return go('ended', { ...visit, staffCalled: true }, [{ type: 'call-staff', cause: 'paper-left' }]);
}

function withCopy(visit: Visit, copy: number, became: CopyState): Visit {
  return { ...visit, printerStopped: null, copies: visit.copies.map((was, index) => (index === copy - 1 ? became : was)) };
}

/** After the first copy that did not come out, no further one is sent. */
function withoutTheRest(visit: Visit): Visit {
  return { ...visit, copies: visit.copies.map((copy) => (copy === 'prepared' ? 'not-printed' : copy)) };
}

function afterCopy(visit: Visit, copy: number): Move {
  if (copy < visit.copies.length) {
    return go('printing', withCopy(visit, copy + 1, 'printing'), [{ type: 'print-copy', copy: copy + 1 }]);
  }
  return go('take-paper', { ...visit, reminded: false }, [
    { type: 'report-outcome' },
    ...(visit.chosen?.feeYen === 0 ? [] : [{ type: 'print-receipt' } as const]),
  ]);
}

/** Everything of this person is forgotten, but not before both cards are out. */
function leaving(from: 'thank-you' | 'ended', on: 'timed-out' | 'done'): Edge[] {
  return [edge({ from, on, to: [from, 'idle'], journal: 'left', does: (visit, _event, state) => leave(visit, state, on) })];
}

/** Only a person can say that the tray is empty: time alone calls one. */
function leave(visit: Visit, state: State, on: 'timed-out' | 'done'): Move {
  const mayBeLeft = state.name === 'ended' && paperOf(visit) !== 'none' && on === 'timed-out';
  if (mayBeLeft) return visit.reminded ? stay(state) : remind(state, 'paper-left');
  if (!visit.cardInside && !visit.cashCardInside) return go('idle', keepingFees(emptyVisit, visit), [{ type: 'wipe' }]);
  return visit.reminded ? stay(state) : remind(state, 'card-left');
}
