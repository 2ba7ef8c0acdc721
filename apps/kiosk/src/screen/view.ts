// What the screen shows for a state. The screen is told, it does not think: every sentence
// about money comes from the charge's own record.
import type { ScreenView, Summary } from '#libs/contract/screen.js';
import { wordsOf } from '#libs/session/endings.js';
import { paperOf } from '#libs/session/end.js';
import { itemsNow } from '#libs/session/fee-edges.js';
import { moneyOf } from '#libs/session/money.js';
import type { Chosen, Ending, State, StateName, Visit } from '#libs/session/state.js';

type Frame = { readonly sequence: number; readonly secondsLeft: number | null; readonly moreTime: boolean };
type Content = ScreenView extends infer V ? (V extends { screen: infer S; data: infer D } ? { screen: S; data: D } : never) : never;

export function toView(state: State, frame: Frame): ScreenView {
  return { ...contents[state.name](state), ...frame, staffCalled: state.visit.staffCalled };
}

const starting: Ending = { code: 'starting', sentence: null };

const readingCard = (): Content => ({ screen: 'reading-card', data: {} });
const loggingIn = (): Content => ({ screen: 'logging-in', data: {} });
const preparing = (): Content => ({ screen: 'preparing', data: {} });
const insertCashCard = ({ name, visit }: State): Content => ({
  screen: 'insert-cash-card',
  data: {
    feeYen: feeOf(visit),
    inquiryNumber: inquiryNumberOf(visit),
    problem: visit.bankProblem,
    reading: name === 'reading-cash-card',
  },
});

const contents: { readonly [N in StateName]: (state: State) => Content } = {
  idle: () => ({ screen: 'welcome', data: {} }),
  'out-of-service': ({ visit, ending }) => ({
    screen: 'out-of-service',
    data: { sentence: wordsOf(ending ?? starting).sentence, money: visit.ids === null ? null : moneyOf(visit) },
  }),
  'reading-card': readingCard,
  'opening-session': readingCard,
  'enter-pin': ({ visit }) => ({
    screen: 'enter-pin',
    data: { triesLeft: visit.triesLeft, wrongBefore: visit.wrongPin, again: visit.pinAgain },
  }),
  'verifying-pin': loggingIn,
  'logging-in': loggingIn,
  choose: ({ visit }) => ({ screen: 'choose', data: chooseOf(visit) }),
  review: ({ visit }) => ({ screen: 'review', data: summaryOf(visit) }),
  signing: () => ({ screen: 'signing', data: {} }),
  'take-card': ({ visit }) => ({
    screen: 'take-card',
    data: { sentence: visit.staffCalled ? '係員をお呼びしました。カードをお取りください。' : null },
  }),
  preparing,
  checking: preparing,
  readying: preparing,
  'insert-cash-card': insertCashCard,
  'reading-cash-card': insertCashCard,
  'enter-bank-pin': ({ visit }) => ({
    screen: 'enter-bank-pin',
    data: { feeYen: feeOf(visit), digits: visit.pinPadDigits, problem: visit.bankProblem },
  }),
  charging: ({ visit }) => ({ screen: 'charging', data: { feeYen: feeOf(visit), inquiryNumber: inquiryNumberOf(visit) } }),
  'take-cash-card': ({ visit }) => ({ screen: 'take-cash-card', data: { feeYen: feeOf(visit) } }),
  printing: ({ visit }) => ({ screen: 'printing', data: printingOf(visit) }),
  'take-paper': ({ visit }) => ({
    screen: 'take-paper',
    data: { copies: visit.copies.length, pages: visit.copies.length * visit.pagesPerCopy, money: moneyOf(visit) },
  }),
  'thank-you': ({ visit }) => ({ screen: 'thank-you', data: { money: moneyOf(visit) } }),
  ended: (state) => ({ screen: 'ended', data: endedOf(state) }),
};

function feeOf(visit: Visit): number {
  return visit.chosen?.feeYen ?? 0;
}

function inquiryNumberOf(visit: Visit): string {
  return visit.ids?.inquiryNumber ?? '';
}

function chooseOf(visit: Visit): Extract<Content, { screen: 'choose' }>['data'] {
  const { offer } = visit;
  return { municipality: offer?.municipality.name ?? '', items: [...itemsNow(visit)], members: offer?.members ?? [] };
}

const nothingChosen: Chosen = {
  choice: { kind: 'resident-record', scope: 'part', members: [], relationship: false, domicile: false, myNumber: false },
  copies: 0,
  feeYen: 0,
};

function summaryOf(visit: Visit): Summary {
  const { choice, copies, feeYen } = visit.chosen ?? nothingChosen;
  const named = new Map(visit.offer?.members.map((member) => [member.id, member.name]));
  return {
    municipality: visit.offer?.municipality.name ?? '',
    title: visit.offer?.items.find((item) => item.kind === choice.kind)?.title ?? '',
    choice,
    memberNames: choice.members.map((id) => named.get(id) ?? ''),
    copies,
    feeYen,
  };
}

function printingOf(visit: Visit): Extract<Content, { screen: 'printing' }>['data'] {
  const underWay = visit.copies.findIndex((copy) => copy === 'printing');
  return { copy: underWay < 0 ? visit.copies.length : underWay + 1, copies: visit.copies.length, stopped: visit.printerStopped };
}

function endedOf(state: State): Extract<Content, { screen: 'ended' }>['data'] {
  const ending = state.ending ?? { code: 'internal', sentence: null };
  const { sentence, next } = wordsOf(ending, state.visit.slip);
  return {
    code: ending.code,
    sentence,
    next,
    money: moneyOf(state.visit),
    cardInside: state.visit.cardInside || state.visit.cashCardInside,
    paper: paperOf(state.visit),
  };
}
