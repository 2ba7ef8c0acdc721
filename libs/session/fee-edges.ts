// Whether a fee can be taken now, which the choice shows (DESIGN §3 step 5): the bank's hours and
// its line come and go while people stand there. It closes what is offered and ends nothing:
// what is chosen already is looked at once more before the charge.
import type { Offer, OfferItem } from '#libs/contract/offer.js';
import { edge, stay, type Edge } from './edge.js';
import { stateNames, type FeesClosed, type Visit } from './state.js';

export const feeEdges: readonly Edge[] = stateNames.map((from) =>
  edge({
    from,
    on: 'fees-became',
    to: [from],
    journal: 'fees-became',
    does: (visit, event, state) => stay(state, { ...visit, feesClosed: event.closed }),
  }),
);

/** The municipality's items as they can be had now: what costs a fee is closed while none can be taken. */
export function itemsNow({
  offer,
  feesClosed,
}: {
  readonly offer: Offer | null;
  readonly feesClosed: FeesClosed | null;
}): readonly OfferItem[] {
  return (offer?.items ?? []).map((item) => (item.feeYen === 0 ? item : { ...item, closed: closedNow(item.closed, feesClosed) }));
}

/** Whoever comes back has to find both open; a line that is away is no matter of somebody who comes back another day. */
function closedNow(theirs: string | null, fees: FeesClosed | null): string | null {
  if (theirs === null) return fees?.sentence ?? null;
  return fees?.cause === 'hours' ? `${theirs}${fees.sentence}` : theirs;
}

/** The next visit of the same kiosk begins with what is so of the kiosk. */
export function keepingFees<T extends Visit>(next: T, { feesClosed }: Visit): T {
  return { ...next, feesClosed };
}
