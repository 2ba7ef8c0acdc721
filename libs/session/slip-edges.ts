// What the slip printer came to. The call is stored where the printing failed, so that it is
// made for a visit that is over too; here the screen and the journal learn of it.
import { edge, stay, type Edge } from './edge.js';
import { stateNames, type Visit } from './state.js';

export const slipEdges: readonly Edge[] = stateNames.map((from) =>
  edge({
    from,
    on: 'slip-not-printed',
    to: [from],
    journal: 'slip-not-printed',
    does: (visit, _event, state) => stay(state, withoutSlip(visit)),
  }),
);

/** What nobody can take home is not spoken of: the number stands on the screen. */
export function withoutSlip(visit: Visit): Visit {
  return { ...visit, staffCalled: true, slip: visit.slip === 'asked' ? 'missing' : visit.slip };
}
