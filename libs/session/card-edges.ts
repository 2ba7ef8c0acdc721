// Steps 1 to 8: from the card in the slot to the card back in the hand.
import type { OfferItem } from '#libs/contract/offer.js';
import { edge, go, remind, stay, type Edge } from './edge.js';
import { end, endBecause } from './end.js';
import { itemsNow, keepingFees } from './fee-edges.js';
import { stopping } from './stopping.js';
import { emptyVisit, type Chosen, type StateName, type Visit } from './state.js';

export const cardEdges: readonly Edge[] = [
  edge({
    from: 'idle',
    on: 'card-inserted',
    to: ['reading-card'],
    journal: 'card-in',
    does: (visit, event) =>
      go('reading-card', keepingFees({ ...emptyVisit, cashCardInside: visit.cashCardInside, ids: event.ids, cardInside: true }, visit), [
        { type: 'read-card' },
      ]),
  }),
  edge({
    from: 'reading-card',
    on: 'card-read',
    to: ['opening-session', 'ended'],
    journal: 'card-read',
    does: (visit, event) =>
      event.triesLeft === 0
        ? endBecause(visit, 'pin-blocked')
        : go('opening-session', { ...visit, triesLeft: event.triesLeft }, [{ type: 'open-session' }]),
  }),
  edge({
    from: 'opening-session',
    on: 'session-opened',
    to: ['enter-pin'],
    journal: 'session-opened',
    does: (visit) => go('enter-pin', { ...visit, sessionOpen: true }),
  }),
  edge({
    from: 'enter-pin',
    on: 'pin-entered',
    to: ['verifying-pin'],
    journal: 'pin-entered',
    does: (visit, event) => go('verifying-pin', visit, [{ type: 'verify-pin', pin: event.pin }]),
  }),
  edge({
    from: 'verifying-pin',
    on: 'pin-wrong',
    to: ['enter-pin', 'ended'],
    journal: 'pin-wrong',
    does: (visit, event) =>
      event.triesLeft === 0
        ? endBecause({ ...visit, triesLeft: 0 }, 'pin-blocked')
        : go('enter-pin', { ...visit, triesLeft: event.triesLeft, wrongPin: true }),
  }),
  edge({
    from: 'verifying-pin',
    on: 'pin-right',
    to: ['logging-in', 'signing'],
    journal: 'pin-right',
    does: (visit) =>
      visit.pinAgain && visit.chosen !== null
        ? go('signing', visit, [{ type: 'sign-request', chosen: visit.chosen }])
        : go('logging-in', { ...visit, wrongPin: false }, [{ type: 'log-in' }]),
  }),
  edge({
    from: 'logging-in',
    on: 'offered',
    to: ['choose'],
    journal: 'offered',
    does: (visit, event) => go('choose', { ...visit, offer: event.offer }),
  }),
  edge({
    from: 'choose',
    on: 'chosen',
    to: ['review', 'choose'],
    journal: 'chosen',
    does: (visit, event, state) => {
      const chosen = priced(visit, event);
      return chosen === null ? stay(state) : go('review', { ...visit, chosen });
    },
  }),
  edge({
    from: 'review',
    on: 'back',
    to: ['choose'],
    journal: 'reconsidered',
    does: (visit) => go('choose', { ...visit, chosen: null }),
  }),
  edge({
    from: 'review',
    on: 'confirmed',
    to: ['signing', 'ended'],
    journal: 'confirmed',
    does: (visit) =>
      visit.chosen === null ? endBecause(visit, 'internal') : go('signing', visit, [{ type: 'sign-request', chosen: visit.chosen }]),
  }),
  edge({
    from: 'signing',
    on: 'pin-wanted',
    to: ['enter-pin', 'ended'],
    journal: 'pin-wanted',
    does: (visit, event) =>
      event.triesLeft === 0
        ? endBecause({ ...visit, triesLeft: 0 }, 'pin-blocked')
        : go('enter-pin', { ...visit, triesLeft: event.triesLeft, pinAgain: true, wrongPin: false }),
  }),
  edge({
    from: 'signing',
    on: 'signed',
    to: ['take-card'],
    journal: 'signed',
    does: (visit) => go('take-card', visit, [{ type: 'release-card' }]),
  }),
  edge({
    from: 'take-card',
    on: 'card-removed',
    to: ['preparing'],
    journal: 'card-out',
    does: (visit) => go('preparing', { ...visit, cardInside: false, reminded: false, requested: true }, [{ type: 'send-request' }]),
  }),
  edge({
    from: 'take-card',
    on: 'timed-out',
    to: ['take-card', 'ended'],
    journal: 'card-left',
    does: (visit, _event, state) => (visit.reminded ? endBecause(visit, 'card-left') : remind(state, 'card-left')),
  }),
  ...whileCardIsInside(['reading-card', 'opening-session', 'enter-pin', 'verifying-pin', 'logging-in', 'choose', 'review', 'signing']),
  edge({
    from: 'take-card',
    on: 'failed',
    to: ['ended'],
    journal: 'failed',
    does: (visit, event) => end(visit, { code: event.code, sentence: event.sentence }),
  }),
  ...stopping(['reading-card', 'opening-session', 'enter-pin', 'verifying-pin', 'logging-in', 'choose', 'review', 'signing', 'take-card']),
  ...nobodyThere(['enter-pin', 'choose', 'review']),
];

/** A card pulled ends the visit at once, whatever is under way: nothing has been charged yet. */
function whileCardIsInside(states: readonly StateName[]): Edge[] {
  return states.flatMap((from) => [
    edge({
      from,
      on: 'card-removed',
      to: ['ended'],
      journal: 'card-pulled',
      does: (visit) => endBecause({ ...visit, cardInside: false }, 'card-pulled'),
    }),
    edge({
      from,
      on: 'failed',
      to: ['ended'],
      journal: 'failed',
      does: (visit, event) => end(visit, { code: event.code, sentence: event.sentence }),
    }),
  ]);
}

function nobodyThere(states: readonly StateName[]): Edge[] {
  return states.map((from) =>
    edge({ from, on: 'timed-out', to: ['ended'], journal: 'nobody-there', does: (visit) => endBecause(visit, 'nobody-there') }),
  );
}

/** Null for a choice that is not offered now: the screen cannot make one, so it is no citizen's, or it has just been closed. */
function priced(visit: Visit, wanted: Omit<Chosen, 'feeYen'>): Chosen | null {
  const { choice, copies } = wanted;
  const item = itemsNow(visit).find((candidate) => candidate.kind === choice.kind);
  if (item === undefined || item.closed !== null || copies > item.maxCopies || !isAllowed(item, wanted)) return null;
  const known = new Set(visit.offer?.members.map((member) => member.id));
  const chosenMembers = new Set(choice.members);
  if (chosenMembers.size !== choice.members.length || !choice.members.every((id) => known.has(id))) return null;
  const everybody = chosenMembers.size === known.size;
  // 世帯の一部 is never everybody, unless the offer knows of one person only.
  if (choice.scope === 'household' ? !everybody : everybody && known.size > 1) return null;
  return { choice, copies, feeYen: item.feeYen * copies };
}

function isAllowed(item: OfferItem, wanted: Omit<Chosen, 'feeYen'>): boolean {
  const { choice } = wanted;
  return (
    item.scopes.includes(choice.scope) &&
    (item.allows.relationship || !choice.relationship) &&
    (item.allows.domicile || !choice.domicile) &&
    (item.allows.myNumber || !choice.myNumber)
  );
}
