// The money sentence of a screen, from the charge's record and nothing else. It never
// says "not charged" while a 0200 may have been posted (reference: payment §3.4 rule 2).
import type { Money } from '#libs/contract/screen.js';
import { unreachable } from '#libs/std/assert.js';
import { owedYen } from './end.js';
import type { Visit } from './state.js';

export function moneyOf(visit: Visit): Money {
  const feeYen = visit.chosen?.feeYen ?? 0;
  // Also what is back keeps its number on the screen: where no slip came out, it is all that the person has.
  const numbered = { feeYen, inquiryNumber: visit.ids?.inquiryNumber ?? '' };
  switch (visit.charge) {
    case 'none':
    case 'declined':
      return { state: 'nothing-charged', ...caseNumber(visit) };
    case 'pending':
    case 'unknown':
    case 'reversing':
      return { state: 'being-checked', ...numbered };
    case 'posted':
      return posted(visit, feeYen);
    case 'reversed':
      return { state: 'given-back', ...numbered };
    case 'nothing-stands':
      return { state: 'nothing-stands', ...numbered };
    default:
      return unreachable(visit.charge);
  }
}

function posted(visit: Visit, feeYen: number): Money {
  const checkedYen = owedYen(visit);
  const inquiryNumber = visit.ids?.inquiryNumber ?? '';
  // That the money was taken is known; what is not known is whether its sheets came out.
  if (checkedYen === feeYen && visit.copies.includes('uncertain')) return { state: 'charged-in-doubt', feeYen, inquiryNumber };
  if (visit.copies.length === 0 || checkedYen === feeYen) return { state: 'being-checked', feeYen, inquiryNumber };
  return checkedYen === 0
    ? { state: 'charged', feeYen }
    : { state: 'charged-in-part', paidYen: feeYen - checkedYen, checkedYen, inquiryNumber };
}

/** Of a sheet that nobody knows of there is a case, paid or not, and the person needs its number to ask with. */
function caseNumber({ copies, ids }: Visit): { readonly inquiryNumber?: string } {
  const isOpen = copies.includes('uncertain') || copies.includes('printing');
  return isOpen && ids !== null ? { inquiryNumber: ids.inquiryNumber } : {};
}
