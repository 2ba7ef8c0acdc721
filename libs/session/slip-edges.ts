// What the slip printer came to. The call is stored where the printing failed, so that it is
// made for a visit that is over too; here the screen and the journal learn of it.
import { edge, stay, type Edge } from './edge.js';
import { stateNames } from './state.js';

export const slipEdges: readonly Edge[] = stateNames.map((from) =>
  edge({
    from,
    on: 'slip-not-printed',
    to: [from],
    journal: 'slip-not-printed',
    does: (visit, _event, state) => stay(state, { ...visit, staffCalled: true }),
  }),
);
