import { expect, it } from 'vitest';
import { screenViewSchema } from '#libs/contract/screen.js';
import { endingCodes, wordsOf } from '#libs/session/endings.js';
import { emptyVisit, stateNames, type Visit } from '#libs/session/state.js';
import { toView } from './view.js';

const visit: Visit = {
  ...emptyVisit,
  ids: { session: 's', request: 'r', inquiryNumber: '123-456-7890' },
  chosen: {
    choice: {
      kind: 'resident-record',
      scope: 'household',
      members: ['m0000000000000001'],
      relationship: true,
      domicile: false,
      myNumber: false,
    },
    copies: 1,
    feeYen: 300,
  },
  copies: ['printing'],
  pagesPerCopy: 1,
};

it.each(stateNames)('%s has a view that the screen accepts', (name) => {
  for (const ending of [null, { code: 'go-to-counter', sentence: null }]) {
    const view = toView({ name, visit, ending }, { sequence: 1, secondsLeft: 30, moreTime: true });
    expect(screenViewSchema.safeParse(view).error).toBeUndefined();
  }
});

it.each(endingCodes)('%s is said in a sentence, whoever sent it', (code) => {
  expect(wordsOf({ code, sentence: null }).sentence).toMatch(/[。]$/);
  expect(wordsOf({ code, sentence: '先方の言葉。' }).sentence).toBe('先方の言葉。');
});

it('never says that nothing was charged while a 0200 may have been posted', () => {
  for (const charge of ['pending', 'unknown', 'reversing'] as const) {
    const view = toView({ name: 'ended', visit: { ...visit, charge }, ending: null }, { sequence: 1, secondsLeft: null, moreTime: false });
    expect(view.screen === 'ended' ? view.data.money : null).toMatchObject({ state: 'being-checked', inquiryNumber: '123-456-7890' });
  }
});
