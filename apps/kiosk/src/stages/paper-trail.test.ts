// The slips that a person takes away: one receipt for one payment, whole also after a crash,
// and somebody who comes where none came out.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import type { Visit } from '#libs/session/state.js';
import { sightingOf, unseen } from '../print-evidence.js';
import { recover } from '../recovery.js';
import { ids, openPaper, paidAndPrinting, paidVisit, silentLog, type Paper } from './paper-fixture.js';
import { outcomeOf, scriptedPrinter } from './scripted-printer.js';

let paper: Paper;
let rrn: string;
beforeEach(async () => {
  paper = await openPaper();
  rrn = await paidAndPrinting(paper.stores, 1);
});
afterEach(() => paper.close());

it('the receipt says who was paid, for what, how much, by which card, and where the bank finds it', async () => {
  expect(await paper.trail.printReceipt(paidVisit('printed'), '0019')).toBeNull();
  expect(paper.slips).toEqual([
    [
      '領収書',
      '領収者　窓口県汐見台市',
      '住民票の写し　1通',
      '300円（非課税）',
      'お支払い　キャッシュカード（デビット）',
      'カード番号　末尾0019',
      '承認番号　A00012',
      '指定納付受託者　架空銀行',
      '日時　2026-11-23 10:30',
      '店番　BR0001　端末　KSK00001',
      `控えの番号　${ids.inquiryNumber}`,
      `銀行照会番号　${rrn}`,
    ].join('\n'),
  ]);
});

it('the digits of the card are on the paper and in no file', async () => {
  // Hex beside them, so that no hash and no time happens to hold them.
  await paper.trail.printReceipt(paidVisit('printed'), 'Z0019Z');
  expect(paper.slips.join()).toContain('Z0019Z');
  const { folder } = paper;
  for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes('Z0019Z')).toBe(false);
});

/** SIGKILL, and the same files again; the printer says that the sheet is out. */
async function afterCrash(): Promise<void> {
  const { printer } = scriptedPrinter({ follow: [outcomeOf('printed', { impressionsCompleted: 1 })] });
  const { stores, trail } = paper;
  const perform = async (effect: Effect, visit: Visit): Promise<Event | null> => {
    if (effect.type === 'print-slip') return trail.printSlip(visit, effect.code);
    return effect.type === 'print-receipt' ? trail.printReceipt(visit, null) : null;
  };
  const append = stores.journal.append.bind(stores.journal);
  await recover({ ...stores, printer, cancelTimeoutMs: 1, append, perform, clock: systemClock, log: silentLog }, () => undefined);
}

it('killed before the receipt: it is printed afterwards, whole, and the time is the time of the payment', async () => {
  await afterCrash();
  expect(paper.slips).toHaveLength(1);
  for (const words of ['領収者　窓口県汐見台市', '住民票の写し　1通', '300円', '2026-11-23 10:30', 'A00012']) {
    expect(paper.slips[0]).toContain(words);
  }
  expect(paper.slips[0]).not.toContain('先に領収書が出ている場合');
});

it('killed when the receipt was out: there is no second one', async () => {
  await paper.trail.printReceipt(paidVisit('printed'), '0019');
  await afterCrash();
  expect(paper.slips).toHaveLength(1);
});

it('killed while the receipt was being printed: one may be out or none, so the next one is headed as the only one and says what it may repeat', async () => {
  await paper.stores.visits.beginReceipt(ids.session);
  await afterCrash();
  expect(paper.slips).toEqual([
    expect.stringMatching(/^領収書\n領収者[^]+先に領収書が出ている場合は、その領収書と同じお支払いのものです。$/),
  ]);
  expect(paper.slips[0]).not.toContain('再発行');
});

it.each(['before', 'after'] as const)('killed %s the slip about the money that goes back: there is one', async (when) => {
  const { charges, visits } = paper.stores;
  await visits.recordPrint(`${ids.request}-1-1`, 'not-printed', sightingOf(unseen('canceled')));
  await charges.intendReversal(ids.session, { reason: '17', nowMs: 0 });
  if (when === 'after') await paper.trail.printSlip({ ...paidVisit('not-printed'), charge: 'reversing' }, 'not-printed');
  await afterCrash();
  expect(paper.slips).toEqual([expect.stringContaining(`控えの番号　${ids.inquiryNumber}`)]);
  expect(paper.slips[0]).toContain('お返しします');
});

it('that a receipt is being printed is on the disk before its first line is', async () => {
  paper.fault = { code: 'unreachable', detail: 'timeout' };
  await paper.trail.printReceipt(paidVisit('printed'), '0019');
  expect((await paper.stores.visits.find(ids.session))?.receipt).toBe('begun');
});

it.each(['receipt', 'slip'] as const)('a %s that did not come out calls staff to the kiosk, once', async (what) => {
  paper.fault = { code: 'out-of-paper', detail: '' };
  const print = () =>
    what === 'receipt'
      ? paper.trail.printReceipt(paidVisit('printed'), null)
      : paper.trail.printSlip(paidVisit('not-printed'), 'not-printed');
  expect(await print()).toEqual({ type: 'slip-not-printed', code: 'out-of-paper' });
  await print();
  expect(await paper.calls()).toMatchObject([{ cause: 'slip-not-printed', session: ids.session, kiosk: 'KSK00001' }]);
});
