// However a visit ends, the sentence, the money, what was left behind and what to do next stand
// whole on one screen, in the longest form that each can have.
import { afterAll, afterEach, assert, beforeAll, describe, expect, it } from 'vitest';
import { endingCodes, wordsOf } from '#libs/session/endings.js';
import { panels } from './screens/browser.js';
import { faultsOf } from './screens/measure.js';
import { keep, openStage, type Stage } from './screens/stage.js';
import { view } from './screens/views.js';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(() => stage.close());
afterEach(() => {
  assert.deepEqual(stage.complaints, []);
});

const inquiryNumber = '123-456-7890';
const inPart = { state: 'charged-in-part', paidYen: 1200, checkedYen: 1800, inquiryNumber } as const;
const nothingStands = { state: 'nothing-stands', feeYen: 3000, inquiryNumber } as const;
const nothing = { state: 'nothing-charged' } as const;
const afterTheCharge = ['charge-unknown', 'cash-card-left', 'not-printed', 'kiosk-restarted', 'internal'];
const withPaper = ['printed-in-part', 'print-uncertain', 'restarted-after-print'];

describe.each(panels)('on a $name panel', { timeout: 120_000 }, (panel) => {
  it('every ending finds its room', async () => {
    const page = await stage.open(panel);
    const found: string[] = [];
    for (const code of endingCodes.filter((known) => known !== 'starting')) {
      const money = withPaper.includes(code) ? inPart : afterTheCharge.includes(code) ? nothingStands : nothing;
      const paper = withPaper.includes(code) ? 'perhaps' : 'none';
      const shown = {
        code,
        ...wordsOf({ code, sentence: null }, money === nothing ? 'none' : 'asked'),
        money,
        cardInside: true,
        paper,
      } as const;
      await stage.showIn(page, view('ended', shown, { secondsLeft: 30 }));
      await keep(page, panel, `ending-${code}`);
      found.push(...(await faultsOf(page, panel)).map((fault) => `${code}: ${fault}`));
    }
    expect(found).toEqual([]);
    await page.context().close();
  });
});
