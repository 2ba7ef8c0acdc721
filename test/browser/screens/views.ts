// Views as the kiosk would send them, for fictional people: every screen, and of each the
// hardest form (a household of nine, long names, long sentences, the last try).
import { sentenceOf } from '#libs/iso8583/response-codes.js';
import { screenViewSchema, type ScreenName, type ScreenView } from '#libs/contract/screen.js';

type DataOf<N extends ScreenName> = Extract<ScreenView, { screen: N }>['data'];

let sequence = 0;

/** A valid view with the next sequence. */
export function view<N extends ScreenName>(
  screen: N,
  data: DataOf<N>,
  around: { secondsLeft?: number | null; moreTime?: boolean; staffCalled?: boolean } = {},
): ScreenView {
  sequence += 1;
  return screenViewSchema.parse({
    sequence,
    screen,
    data,
    secondsLeft: around.secondsLeft ?? null,
    moreTime: around.moreTime ?? true,
    staffCalled: around.staffCalled ?? false,
  });
}

const names = [
  ['潮見　太郎', '世帯主'],
  ['潮見　花子', '妻'],
  ['潮見　一郎', '子'],
  ['潮見　さくら', '子'],
  ['SANTOS DE OLIVEIRA MARIA FERNANDA', '子の妻'],
  ['潮見　健太', '子の子'],
  ['潮見　ひなた', '子の子'],
  ['寿限無寿限無　五劫ノ擦リ切レ海砂利水魚', '父'],
  ['渡邊󠄆　トメ', '母'],
] as const;

export function household(people: number): DataOf<'choose'>['members'] {
  return names
    .slice(0, people)
    .map(([name, relationship], at) => ({ id: `m${`${at + 1}`.padStart(16, '0')}`, name, relationship, isAsker: at === 0 }));
}

/** As long as names get: each needs several lines. */
export function longNamed(people: number): DataOf<'choose'>['members'] {
  const long = 'SANTOS DE OLIVEIRA CAVALCANTI DE ALBUQUERQUE MARIA FERNANDA CONCEICAO';
  return household(people).map((member) => ({ ...member, name: long }));
}

export function offered(people: number, closed: string | null = null): DataOf<'choose'> {
  return {
    municipality: '窓口県汐見台市',
    items: [
      {
        kind: 'resident-record',
        title: '住民票の写し',
        feeYen: 300,
        scopes: ['household', 'part'],
        allows: { relationship: true, domicile: true, myNumber: true },
        maxCopies: 10,
        closed,
      },
    ],
    members: household(people),
  };
}

export function summary(people: number, myNumber = false): DataOf<'review'> {
  const members = household(people);
  return {
    municipality: '窓口県汐見台市',
    title: '住民票の写し',
    choice: {
      kind: 'resident-record',
      scope: 'household',
      members: members.map(({ id }) => id),
      relationship: true,
      domicile: true,
      myNumber,
    },
    memberNames: members.map(({ name }) => name),
    copies: 2,
    feeYen: 600,
  };
}

const inquiryNumber = 'M7K3-20416';
const charged = { state: 'charged', feeYen: 600 } as const;
const checked = { state: 'being-checked', feeYen: 600, inquiryNumber } as const;
const counter = 'お住まいの市区町村の窓口にご相談ください。';

type Named = readonly [string, ScreenView];

/** Name of the picture → view, with fresh sequences. */
export function everyScreen(): ReadonlyMap<string, ScreenView> {
  return new Map([...upToLogin(), ...upToCardOut(), ...payment(), ...paper(), ...ends()]);
}

function upToLogin(): readonly Named[] {
  return [
    ['welcome', view('welcome', {})],
    ['welcome-staff-called', view('welcome', {}, { staffCalled: true })],
    ['out-of-service', view('out-of-service', { sentence: 'プリンターの点検中です。午後3時ごろに再開する予定です。', money: null })],
    ['out-of-service-money', view('out-of-service', { sentence: '端末の不具合のため、手続きを終了しました。', money: checked })],
    ['reading-card', view('reading-card', {})],
    ['enter-pin', view('enter-pin', { triesLeft: 3, wrongBefore: false, again: false }, { secondsLeft: 90 })],
    ['enter-pin-wrong', view('enter-pin', { triesLeft: 2, wrongBefore: true, again: false }, { secondsLeft: 58 })],
    ['enter-pin-last', view('enter-pin', { triesLeft: 1, wrongBefore: true, again: false }, { secondsLeft: 25, staffCalled: true })],
    ['enter-pin-again', view('enter-pin', { triesLeft: 3, wrongBefore: false, again: true }, { secondsLeft: 90 })],
    ['logging-in', view('logging-in', {})],
  ];
}

function upToCardOut(): readonly Named[] {
  return [
    ['choose', view('choose', offered(4), { secondsLeft: 120 })],
    [
      'choose-closed',
      view('choose', offered(4, '本日の受付は終わりました。明日の午前6時30分からご利用になれます。'), { secondsLeft: 120 }),
    ],
    ['review', view('review', summary(4, true), { secondsLeft: 120 })],
    [
      'review-six-staff-called',
      view(
        'review',
        {
          ...summary(6),
          memberNames: household(9)
            .slice(3)
            .map(({ name }) => name),
        },
        { secondsLeft: 20, staffCalled: true },
      ),
    ],
    ['review-long-names', view('review', { ...summary(6), memberNames: longNamed(6).map(({ name }) => name) }, { secondsLeft: 120 })],
    ['review-nine', view('review', summary(9), { secondsLeft: 120 })],
    ['signing', view('signing', {})],
    ['take-card', view('take-card', { sentence: null }, { secondsLeft: 30 })],
    [
      'take-card-said',
      view(
        'take-card',
        { sentence: 'カードが残っています。お取りにならないと、係員がまいります。' },
        { secondsLeft: 10, staffCalled: true },
      ),
    ],
    ['preparing', view('preparing', {})],
  ];
}

function payment(): readonly Named[] {
  return [
    ['insert-cash-card', view('insert-cash-card', { feeYen: 600, inquiryNumber, problem: null, reading: false }, { secondsLeft: 90 })],
    ['insert-cash-card-reading', view('insert-cash-card', { feeYen: 600, inquiryNumber, problem: null, reading: true })],
    [
      'insert-cash-card-problem',
      view(
        'insert-cash-card',
        {
          feeYen: 600,
          inquiryNumber,
          problem: '口座の残高が足りないため、お支払いできませんでした。別のカードをお使いください。',
          reading: false,
        },
        { secondsLeft: 90, staffCalled: true },
      ),
    ],
    ['enter-bank-pin', view('enter-bank-pin', { feeYen: 600, digits: 2, problem: null }, { secondsLeft: 60 })],
    [
      'enter-bank-pin-wrong',
      view('enter-bank-pin', { feeYen: 600, digits: 0, problem: sentenceOf('55') }, { secondsLeft: 60, staffCalled: true }),
    ],
    ['charging', view('charging', { feeYen: 600, inquiryNumber })],
    ['take-cash-card', view('take-cash-card', { feeYen: 600 })],
  ];
}

const hurry = {
  code: 'stopped',
  sentence: '手続きを取りやめました。',
  money: { state: 'nothing-charged' },
  next: counter,
  cardInside: true,
  paper: 'none',
} as const;

function paper(): readonly Named[] {
  return [
    ['printing', view('printing', { copy: 1, copies: 2, stopped: null })],
    [
      'printing-stopped',
      view(
        'printing',
        { copy: 2, copies: 2, stopped: '紙がつまりました。係員が直しますので、このままお待ちください。' },
        { staffCalled: true },
      ),
    ],
    ['take-paper', view('take-paper', { copies: 2, pages: 6, money: charged }, { secondsLeft: 60 })],
    ['thank-you', view('thank-you', { money: charged }, { secondsLeft: 15 })],
  ];
}

function ends(): readonly Named[] {
  const ended = (sentence: string, money: DataOf<'ended'>['money'], cardInside: boolean): ScreenView =>
    view('ended', { code: 'ended', sentence, money, next: counter, cardInside, paper: 'none' });
  return [
    ['ended', ended('この証明書は、この機械ではお渡しできません。', { state: 'nothing-charged' }, true)],
    ['ended-given-back', ended('印刷ができませんでした。', { state: 'given-back', feeYen: 600, inquiryNumber }, false)],
    ['ended-hurry', view('ended', hurry, { secondsLeft: 30, staffCalled: true })],
    [
      'ended-nothing-stands',
      ended('銀行から返事がないため、印刷を取りやめました。', { state: 'nothing-stands', feeYen: 600, inquiryNumber }, true),
    ],
    [
      'ended-in-doubt',
      view(
        'ended',
        {
          code: 'print-uncertain',
          sentence: '印刷できたかどうか、機械では分かりませんでした。',
          money: { state: 'charged-in-doubt', feeYen: 600, inquiryNumber },
          next: '出てきた紙があればお取りになり、控えを持って係員にお声がけください。',
          cardInside: false,
          paper: 'perhaps',
        },
        { secondsLeft: 60, staffCalled: true },
      ),
    ],
    [
      'ended-in-part',
      view(
        'ended',
        {
          code: 'printed-in-part',
          sentence: '一部の証明書だけを印刷しました。',
          money: { state: 'charged-in-part', paidYen: 300, checkedYen: 300, inquiryNumber },
          next: '出てきた紙をすべてお取りになり、控えを持って係員にお声がけください。',
          cardInside: false,
          paper: 'out',
        },
        { secondsLeft: 30, staffCalled: true },
      ),
    ],
  ];
}
