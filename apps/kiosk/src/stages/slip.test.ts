// The slip that a person takes home: what it says is true whenever it is read.
import { describe, expect, it } from 'vitest';
import { encodeSlip } from '#devices/receipt-printer/escpos.js';
import { play, toCharged, toReady } from '#libs/session/fixture.js';
import type { Event } from '#libs/session/event.js';
import { slipMoney } from './slip-money.js';
import { inquiryLines, receiptLines } from './slip.js';

const approved = { approvalCode: 'A00001' };
const after = (...events: readonly Event[]): ReturnType<typeof play>['state']['visit'] => play([...toReady(300, 2), ...events]).state.visit;

describe('the money on the slip', () => {
  const jammed = after(...toCharged, { type: 'not-printed', copy: 1, code: 'not-printed' });
  const unanswered = after(...toCharged.slice(0, 3), { type: 'charge-unknown' });
  const uncertain = after(...toCharged, { type: 'print-uncertain', copy: 1, code: 'deadline' });
  const inPart = after(...toCharged, { type: 'printed', copy: 1 }, { type: 'not-printed', copy: 2, code: 'not-printed' });

  it('says that what was paid is given back', () => {
    expect(slipMoney(jammed, approved)).toBe('お支払いいただいた600円はお返しします。結果は、控えの番号でお調べできます。');
  });

  it('does not say that it was paid where nobody knows it', () => {
    const said = '600円のお支払いは取り消します。引き落とされていれば、全額をお返しします。結果は、控えの番号でお調べできます。';
    expect([slipMoney(unanswered, { approvalCode: null }), slipMoney(unanswered, null)]).toEqual([said, said]);
  });

  it('says that what did not come out is given back, as far as anybody can say', () => {
    const said = '600円をお支払いいただきました。証明書が出ていない分はお返しします。結果は、控えの番号でお調べできます。';
    expect([slipMoney(uncertain, approved), slipMoney(inPart, approved)]).toEqual([said, said]);
  });

  it('says of a free sheet that nobody knows of that nothing was taken, and leaves the number to its line', () => {
    const free = play([...toReady(0), { type: 'print-uncertain', copy: 1, code: 'deadline' }]).state.visit;
    expect(slipMoney(free, null)).toBe('料金はいただいていません。');
  });

  it('never says what is true for a moment only', () => {
    for (const visit of [jammed, unanswered, uncertain, inPart]) expect(slipMoney(visit, approved)).not.toMatch(/中です|ました。控え/);
  });
});

it('bears its number once, in large digits', () => {
  const money = slipMoney(after(...toCharged, { type: 'not-printed', copy: 1, code: 'not-printed' }), approved);
  const lines = inquiryLines(
    { kiosk: 'KSK00001', branch: '001', atMs: 0, inquiryNumber: '123-456-7890', bankReference: '632706000001', money },
    '印刷できませんでした。',
  );
  expect(lines.filter(({ text }) => text.includes('123-456-7890'))).toEqual([{ text: '控えの番号　123-456-7890', size: 'double' }]);
});

it('bears a name that the slip printer cannot write as well as it can: no receipt fails for one character', () => {
  const lines = receiptLines({
    kiosk: 'KSK00001',
    branch: '001',
    atMs: 0,
    inquiryNumber: '123-456-7890',
    bankReference: null,
    approvalCode: null,
    municipality: '窓口県葛\u{E0100}𠮷市',
    certificate: '住民票の写し',
    copies: 1,
    feeYen: 300,
    cardLastFour: null,
    collector: 'かもめ銀行',
    mayBeSecond: false,
  });
  expect(lines[1]?.text).toBe('領収者　窓口県葛〓市');
  expect(encodeSlip(lines).ok).toBe(true);
});
