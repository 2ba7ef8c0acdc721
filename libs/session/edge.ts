// One row of the table of edges: from where, on what, to where, what the journal says, and
// how the visit changes. Everything that a kiosk can do is a row; what is no row is ignored.
import type { Effect } from './effect.js';
import type { Event, EventType } from './event.js';
import type { Ending, State, StateName, Visit } from './state.js';

export type Move = {
  readonly to: StateName;
  readonly visit: Visit;
  readonly effects: readonly Effect[];
  readonly ending?: Ending;
};

export type Edge = {
  readonly from: StateName;
  readonly on: EventType;
  /** Every state that the row can lead to; `step` refuses any other. */
  readonly to: readonly StateName[];
  /** The entry's code in the journal. */
  readonly journal: string;
  readonly does: (state: State, event: Event) => Move;
};

type Row<K extends EventType> = Omit<Edge, 'on' | 'does'> & {
  readonly on: K;
  readonly does: (visit: Visit, event: Extract<Event, { type: K }>, state: State) => Move;
};

export function edge<K extends EventType>(row: Row<K>): Edge {
  const isMine = (event: Event): event is Extract<Event, { type: K }> => event.type === row.on;
  return {
    ...row,
    does: (state, event) => (isMine(event) ? row.does(state.visit, event, state) : stay(state)),
  };
}

export function go(to: StateName, visit: Visit, effects: readonly Effect[] = []): Move {
  return { to, visit, effects };
}

export function stay(state: State, visit: Visit = state.visit): Move {
  return { to: state.name, visit, effects: [], ...(state.ending === null ? {} : { ending: state.ending }) };
}

/** The first time-out in front of something forgotten: staff are called, and the person has the time once more. */
export function remind(state: State, cause: 'card-left' | 'paper-left'): Move {
  return { ...stay(state, { ...state.visit, staffCalled: true, reminded: true }), effects: [{ type: 'call-staff', cause }] };
}
