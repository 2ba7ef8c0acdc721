// Nothing was paid, and a copy does not come out or nobody knows whether it did: the screen speaks
// of a slip and shows a number where there is a case, and of neither where there is none.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { manage } from '../../apps/demo/src/management.js';
import { plainWish } from '../../apps/demo/src/wish.js';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { endOf, Journey } from './journey.js';
import { limits } from './limits.js';

let journey: Journey;

beforeAll(async () => {
  journey = await Journey.open();
  const { settings } = shiomidai;
  const kind = settings.kinds['resident-record'];
  const fees = [{ from: '2020-01-01', until: null, feeYen: 0 }];
  const kinds = { 'resident-record': { ...kind, fees } };
  const body = { ...shiomidai, eventNumber: shiomidai.eventNumber + 1, settings: { ...settings, version: 'free', kinds } };
  const url = `${journey.branch.addresses.municipalityManagement.get('991015') ?? ''}/register`;
  await manage({ method: 'POST', url, body });
}, limits.openTimeoutMs);
afterAll(() => journey.close());
afterEach(async () => {
  journey.branch.bench.printer.setFault('none');
  journey.branch.bench.printer.takeSheets();
  await journey.untilWelcome();
}, limits.visitTimeoutMs);

type PrinterFault = Parameters<Journey['branch']['bench']['printer']['setFault']>[0];

/** Two copies of one sheet; the printer fails when this one is begun. */
async function visitWithFault(copy: number, fault: PrinterFault): ReturnType<Journey['visit']> {
  const { printer } = journey.branch.bench;
  return journey.visit('hitori-gurashi', {
    wish: { ...plainWish, copies: 2 },
    onScreen: async (view) => {
      if (view.screen !== 'printing') return;
      // One screen for both copies: the second is begun when the first lies in the tray.
      if (copy === 2) await journey.until('the first copy', async () => printer.state().tray.length > 0);
      printer.setFault(fault);
    },
  });
}

it('the second copy did not come out: no slip, no number, no case, and none is spoken of', { timeout: limits.visitTimeoutMs }, async () => {
  const gone = await visitWithFault(2, 'jam-before-first-sheet');
  expect(endOf(gone)).toMatchObject({
    code: 'printed-in-part',
    next: '出てきた紙をすべてお取りになり、係員にお声がけください。',
    money: { state: 'nothing-charged' },
  });
  expect([endOf(gone).money, journey.slips(), await journey.casesOf(gone.request)]).toEqual([{ state: 'nothing-charged' }, [], []]);
});

it(
  'nobody knows of a copy: a slip, its number on the screen, and the case with that number',
  { timeout: limits.visitTimeoutMs },
  async () => {
    const gone = await visitWithFault(1, 'lost-after-restart');
    const slip = await journey.untilOneSlip();
    const { code, next, money } = endOf(gone);
    expect([code, next]).toEqual(['print-uncertain', '出てきた紙があればお取りになり、控えを持って係員にお声がけください。']);
    await journey.until('the case', async () => (await journey.casesOf(gone.request)).length > 0);
    const [matter, ...others] = await journey.casesOf(gone.request);
    expect([matter?.kind, matter?.amountYen, others]).toEqual(['print-uncertain', 0, []]);
    expect(money).toEqual({ state: 'nothing-charged', inquiryNumber: matter?.inquiryNumber });
    expect(slip).toContain(`控えの番号　${matter?.inquiryNumber ?? '-'}`);
    expect(slip).toContain('料金はいただいていません。');
  },
);
