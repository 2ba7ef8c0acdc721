// やめる: until the 0200 is written down, whatever the machine is doing, and one way (DESIGN §4).
import { edge, type Edge } from './edge.js';
import { endBecause } from './end.js';
import type { StateName } from './state.js';

export function stopping(states: readonly StateName[]): Edge[] {
  return states.map((from) => edge({ from, on: 'stop', to: ['ended'], journal: 'stopped', does: (visit) => endBecause(visit, 'stopped') }));
}
