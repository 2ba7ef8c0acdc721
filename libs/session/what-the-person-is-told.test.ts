// Every end of a printing, with a fee and without, one copy and two: what the screen says, what
// comes out of the slip printer, and what staff have. A number that can be asked with, a slip
// that is spoken of and a case belong together.
import { describe, expect, it } from 'vitest';
import { moneySentence } from '#libs/ui/money-sentence.js';
import type { Effect } from './effect.js';
import { paperOf } from './end.js';
import { wordsOf } from './endings.js';
import type { Event } from './event.js';
import { ids, play, toCharged, toReady } from './fixture.js';
import { moneyOf } from './money.js';
import type { State } from './state.js';

type Told = {
  readonly code: string | null;
  readonly next: string;
  readonly money: string;
  readonly papers: readonly string[];
  readonly cases: readonly string[];
};

const outcomes: Readonly<Record<'P' | 'N' | 'U', (copy: number) => Event>> = {
  P: (copy) => ({ type: 'printed', copy }),
  N: (copy) => ({ type: 'not-printed', copy, code: 'not-printed' }),
  U: (copy) => ({ type: 'print-uncertain', copy, code: 'deadline' }),
};

/** `came`: what became of the first copy, the second …; after the first that did not come out none is sent. */
function visited(feeYen: number, copies: number, came: string): { state: State; effects: readonly Effect[] } {
  const printing = Array.from(came, (letter, index) => outcomes[letter as 'P' | 'N' | 'U'](index + 1));
  return play([...toReady(feeYen, copies), ...(feeYen === 0 ? [] : toCharged), ...printing]);
}

function told({ state, effects }: { state: State; effects: readonly Effect[] }): Told {
  const ended = state.ending === null ? { sentence: '', next: '' } : wordsOf(state.ending, state.visit.slip);
  return {
    code: state.ending?.code ?? null,
    next: ended.next,
    money: moneySentence(moneyOf(state.visit)),
    papers: effects.flatMap(({ type }) => (type === 'print-slip' ? ['slip'] : type === 'print-receipt' ? ['receipt'] : [])),
    cases: effects.flatMap((effect) => (effect.type === 'open-case' ? [`${effect.kind} ${effect.amountYen}`] : [])),
  };
}

const number = `控えの番号は${ids.inquiryNumber}です。`;
const free = '料金はいただいていません。';
const staff = 'お手数ですが、係員にお声がけください。';
const withSlip = '控えを持って係員にお声がけください。';
const delivered = { code: null, next: '', cases: [] };
const notPrinted = { code: 'not-printed', cases: [] };
const inPart = { code: 'printed-in-part' };
const uncertain = { code: 'print-uncertain', next: `出てきた紙があればお取りになり、${withSlip}` };
const paid = (yen: number): string => `${yen}円いただきました。`;
const inDoubt = (yen: number): string => `${paid(yen)}証明書が出ていなければお返しします。${number}`;
const checked = `${paid(600)}うち300円は、出ていない分をお返しします。${number}`;

const table: readonly (readonly [number, number, string, Told])[] = [
  [0, 1, 'P', { ...delivered, money: free, papers: [] }],
  [0, 1, 'N', { ...notPrinted, next: staff, money: free, papers: [] }],
  [0, 1, 'U', { ...uncertain, money: `${free}${number}`, papers: ['slip'], cases: ['print-uncertain 0'] }],
  [0, 2, 'PP', { ...delivered, money: free, papers: [] }],
  [0, 2, 'N', { ...notPrinted, next: staff, money: free, papers: [] }],
  [0, 2, 'PN', { ...inPart, next: '出てきた紙をすべてお取りになり、係員にお声がけください。', money: free, papers: [], cases: [] }],
  [0, 2, 'U', { ...uncertain, money: `${free}${number}`, papers: ['slip'], cases: ['print-uncertain 0'] }],
  [0, 2, 'PU', { ...uncertain, money: `${free}${number}`, papers: ['slip'], cases: ['print-uncertain 0'] }],
  [300, 1, 'P', { ...delivered, money: paid(300), papers: ['receipt'] }],
  [300, 1, 'N', { ...notPrinted, next: withSlip, money: `300円のお支払いは確認中です。${number}`, papers: ['slip'] }],
  [300, 1, 'U', { ...uncertain, money: inDoubt(300), papers: ['slip'], cases: ['print-uncertain 300'] }],
  [300, 2, 'PP', { ...delivered, money: paid(600), papers: ['receipt'] }],
  [300, 2, 'N', { ...notPrinted, next: withSlip, money: `600円のお支払いは確認中です。${number}`, papers: ['slip'] }],
  [
    300,
    2,
    'PN',
    { ...inPart, next: `出てきた紙をすべてお取りになり、${withSlip}`, money: checked, papers: ['receipt', 'slip'], cases: ['refund 300'] },
  ],
  [300, 2, 'U', { ...uncertain, money: inDoubt(600), papers: ['slip'], cases: ['print-uncertain 600'] }],
  [300, 2, 'PU', { ...uncertain, money: checked, papers: ['receipt', 'slip'], cases: ['print-uncertain 300'] }],
];

describe('what the person is told', () => {
  it.each(table)('fee %i, copies %i, %s', (...[feeYen, copies, came, expected]) => {
    expect(told(visited(feeYen, copies, came))).toEqual(expected);
  });

  it.each(table)('fee %i, copies %i, %s: what is spoken of is there', (...[feeYen, copies, came]) => {
    const end = visited(feeYen, copies, came);
    const said = told(end);
    const hasSlip = said.papers.includes('slip');
    expect(said.next.includes('控え')).toBe(hasSlip);
    expect(said.money.includes(ids.inquiryNumber)).toBe(hasSlip);
    expect(said.cases.length > 0 || said.money.includes('確認中')).toBe(hasSlip);
    expect(said.papers.includes('receipt')).toBe(feeYen > 0 && came.includes('P'));
    expect(paperOf(end.state.visit)).toBe(came.includes('U') ? 'perhaps' : came.includes('P') ? 'out' : 'none');
  });

  it.each(table)('fee %i, copies %i, %s, and nothing comes out of the slip printer: no slip is spoken of', (...[feeYen, copies, came]) => {
    const end = visited(feeYen, copies, came);
    if (!told(end).papers.includes('slip')) return;
    const { state } = play([{ type: 'slip-not-printed', code: 'out-of-paper' }], end.state);
    const { next } = wordsOf(state.ending ?? { code: '', sentence: null }, state.visit.slip);
    expect(next).toMatch(/画面の控えの番号を、係員にお知らせください。$/);
    expect(moneySentence(moneyOf(state.visit))).toContain(ids.inquiryNumber);
  });
});

it('a kiosk that breaks in the middle of a free printing shows the number of the case that may follow', () => {
  const { state } = play(toReady(0, 2));
  expect(state.name).toBe('printing');
  expect(moneyOf(state.visit)).toEqual({ state: 'nothing-charged', inquiryNumber: ids.inquiryNumber });
});
