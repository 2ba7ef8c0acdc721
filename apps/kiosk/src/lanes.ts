// In which order effects of different steps happen. A step never waits for the effects of the
// one before, so three lanes keep apart what must not overtake and what must not wait:
//
//   direct   cards, PIN pad, and every effect with an answer: at once, each row for itself
//   stored   what has to be written down, in the order of the steps; waits for no device
//   paper    slips, and forgetting the visit: after all that was stored before them
//
// So a visit is not settled before its reversal, outcome and case are on the disk, a staff
// call does not wait for a receipt printer, and a card is given back whatever else goes on.
import type { Effect, EffectType } from '#libs/session/effect.js';

type Lane = 'direct' | 'stored' | 'paper';

const laneOf: Partial<Record<EffectType, Lane>> = {
  'reverse-charge': 'stored',
  'report-outcome': 'stored',
  'abort-session': 'stored',
  'open-case': 'stored',
  'call-staff': 'stored',
  'print-receipt': 'paper',
  'print-slip': 'paper',
  wipe: 'paper',
};

/** Does one effect; never rejects. */
type Do = (effect: Effect) => Promise<void>;

export class Lanes {
  private stored: Promise<void> = Promise.resolve();
  private paper: Promise<void> = Promise.resolve();
  private readonly direct = new Set<Promise<void>>();

  /** The effects of one row. */
  start(effects: readonly Effect[], perform: Do): void {
    const of = (lane: Lane): readonly Effect[] => effects.filter(({ type }) => (laneOf[type] ?? 'direct') === lane);
    const inOrder = async (lane: Lane): Promise<void> => {
      for (const effect of of(lane)) await perform(effect);
    };
    const direct = inOrder('direct');
    this.direct.add(direct);
    void direct.then(() => this.direct.delete(direct));
    this.stored = this.stored.then(() => inOrder('stored'));
    if (of('paper').length === 0) return;
    // A card is released before the slip is printed.
    const before = [this.paper, this.stored, direct];
    this.paper = Promise.all(before).then(() => inOrder('paper'));
  }

  /** Resolves when nothing is under way any more. */
  async quiet(): Promise<void> {
    await Promise.all([...this.direct, this.stored, this.paper]);
  }
}
