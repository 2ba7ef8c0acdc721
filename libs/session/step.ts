// The engine: `step(state, event) → { state, effects }`, pure. What stands in no row of
// the table does not happen.
import { assert } from '#libs/std/assert.js';
import { cardEdges } from './card-edges.js';
import type { Edge } from './edge.js';
import type { Effect } from './effect.js';
import type { Event } from './event.js';
import { feeEdges } from './fee-edges.js';
import { moneyEdges } from './money-edges.js';
import { paperEdges } from './paper-edges.js';
import { slipEdges } from './slip-edges.js';
import type { State } from './state.js';

export const edges: readonly Edge[] = [...cardEdges, ...moneyEdges, ...paperEdges, ...slipEdges, ...feeEdges];

const table = new Map<string, Edge>();
for (const row of edges) {
  const key = `${row.from} ${row.on}`;
  assert(!table.has(key), `two rows for ${key}`);
  table.set(key, row);
}

export type Step = {
  readonly state: State;
  readonly effects: readonly Effect[];
  /** The row that was taken; null when there is none and nothing changed. */
  readonly edge: Edge | null;
};

export function step(state: State, event: Event): Step {
  const edge = table.get(`${state.name} ${event.type}`);
  if (edge === undefined) return { state, effects: [], edge: null };
  const move = edge.does(state, event);
  assert(edge.to.includes(move.to), `${edge.from} on ${edge.on} led to ${move.to}, which its row does not name`);
  return { state: { name: move.to, visit: move.visit, ending: move.ending ?? null }, effects: move.effects, edge };
}
