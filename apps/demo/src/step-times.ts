// How long each of the fourteen steps took, from what the kiosk says of its states
// (libs/contract/screen.ts), waiting for the person included.
import type { StateEvent } from '#libs/contract/screen.js';
import { stateSteps, stepNames } from '#libs/session/steps.js';
import { stateNames } from '#libs/session/state.js';

export type StepTime = { readonly step: number; readonly name: string; readonly ms: number };

/** Milliseconds of each step that was begun: the sum over its states. Steps 9 and 10 share one state of the kiosk. */
export function stepTimes(states: readonly StateEvent[]): StepTime[] {
  const sums = new Map<number, number>();
  const add = (step: number, ms: number): void => void sums.set(step, (sums.get(step) ?? 0) + ms);
  for (const [index, { state, atMs }] of states.entries()) {
    const name = stateNames.find((known) => known === state);
    const step = name === undefined ? null : stateSteps[name];
    const next = states[index + 1];
    if (step === null || next === undefined) continue;
    const stayMs = next.atMs - atMs;
    const prepareMs = state === 'preparing' ? next.prepareMs : null;
    add(step.step, stayMs - (prepareMs ?? 0));
    if (prepareMs !== null) add(10, prepareMs);
  }
  return [...sums].map(([step, ms]) => ({ step, name: stepNames[step] ?? '', ms: Math.round(ms * 10) / 10 }));
}
