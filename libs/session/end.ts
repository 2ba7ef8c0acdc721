// The one way in which a visit ends without (all of) its paper. What has to be undone
// follows from what is known, never from where it was noticed: an abort takes the whole
// issuance with it (DESIGN §4, "one way").
import type { Effect } from './effect.js';
import { go, type Move } from './edge.js';
import type { Ending, Visit } from './state.js';

/** The fee that was taken for copies which did not come out; integer yen. */
export function owedYen(visit: Visit): number {
  const { chosen, copies } = visit;
  if (chosen === null || copies.length === 0) return 0;
  const out = copies.filter((copy) => copy === 'printed').length;
  return (chosen.feeYen / copies.length) * (copies.length - out);
}

export function end(visit: Visit, ending: Ending): Move {
  const settled = settle(visit, ending.code);
  const effects: Effect[] = [{ type: 'cancel-bank-pin' }, { type: 'release-cash-card' }, { type: 'release-card' }, ...settled.effects];
  return { ...go('ended', { ...settled.visit, reminded: false }, effects), ending };
}

export function endBecause(visit: Visit, code: string): Move {
  return end(visit, { code, sentence: null });
}

type Settled = { readonly visit: Visit; readonly effects: readonly Effect[] };

function settle(visit: Visit, code: string): Settled {
  const money = settleMoney(visit, code);
  const paper: Effect[] = [];
  if (visit.requested) paper.push({ type: 'report-outcome' });
  else if (visit.sessionOpen) paper.push({ type: 'abort-session', reason: code });
  const report: Effect[] = code === 'answer-not-ours' ? [{ type: 'open-case', kind: 'mismatch', amountYen: 0, code }] : [];
  const isOpen = isBeingReversed(visit) || money.effects.some(({ type }) => type === 'reverse-charge' || type === 'open-case');
  const slip: Effect[] = isOpen ? [{ type: 'print-slip', code }] : [];
  const withSlip: Visit = isOpen ? { ...money.visit, slip: 'asked' } : money.visit;
  return { visit: withSlip, effects: [...money.effects, ...report, ...paper, ...slip] };
}

/** Only after a crash: a former life of the kiosk had written the reversal down, and perhaps no slip came out. */
function isBeingReversed({ charge }: Visit): boolean {
  return charge === 'reversing' || charge === 'reversed' || charge === 'nothing-stands';
}

/** What can be reversed is reversed whole; what cannot is a case with its amount (reference: payment §5). */
function settleMoney(visit: Visit, code: string): Settled {
  // Whoever paid for what is out gets the receipt for it.
  const receipt: Effect[] = visit.charge === 'posted' && visit.copies.includes('printed') ? [{ type: 'print-receipt' }] : [];
  const taken = visit.charge === 'pending' || visit.charge === 'posted' || visit.charge === 'unknown';
  if (visit.copies.includes('uncertain')) {
    return { visit, effects: [{ type: 'open-case', kind: 'print-uncertain', amountYen: taken ? owedYen(visit) : 0, code }, ...receipt] };
  }
  const allOut = visit.copies.length > 0 && visit.copies.every((copy) => copy === 'printed');
  if (!taken) return { visit, effects: [] };
  if (allOut) return { visit, effects: receipt };
  if (visit.copies.includes('printed')) {
    return { visit, effects: [{ type: 'open-case', kind: 'refund', amountYen: owedYen(visit), code }, ...receipt] };
  }
  return { visit: { ...visit, charge: 'reversing' }, effects: [{ type: 'reverse-charge', reason: code }] };
}

/** Are sheets of this person in the tray? Nobody else is served before that is settled (DESIGN §3 step 14). */
export function paperOf(visit: Visit): 'none' | 'out' | 'perhaps' {
  if (visit.copies.includes('uncertain')) return 'perhaps';
  return visit.copies.includes('printed') ? 'out' : 'none';
}
