import { describe, expect, it } from 'vitest';
import { moneySentence } from './money-sentence.js';

describe('the money sentence', () => {
  it.each([
    [{ state: 'nothing-charged' } as const, '料金はいただいていません。'],
    [{ state: 'nothing-charged', inquiryNumber: 'A1-0042' } as const, '料金はいただいていません。控えの番号はA1-0042です。'],
    [{ state: 'charged', feeYen: 300 } as const, '300円いただきました。'],
    [
      { state: 'charged-in-part', paidYen: 300, checkedYen: 600, inquiryNumber: 'A1-0042' } as const,
      '900円いただきました。うち600円は、出ていない分をお返しします。控えの番号はA1-0042です。',
    ],
    [
      { state: 'charged-in-doubt', feeYen: 300, inquiryNumber: 'A1-0042' } as const,
      '300円いただきました。証明書が出ていなければお返しします。控えの番号はA1-0042です。',
    ],
    [{ state: 'given-back', feeYen: 1200, inquiryNumber: 'A1-0042' } as const, '1,200円をお返ししました。控えの番号はA1-0042です。'],
    [
      { state: 'nothing-stands', feeYen: 300, inquiryNumber: 'A1-0042' } as const,
      '300円のお引き落としは残っていません。控えの番号はA1-0042です。',
    ],
    [{ state: 'being-checked', feeYen: 300, inquiryNumber: 'A1-0042' } as const, '300円のお支払いは確認中です。控えの番号はA1-0042です。'],
  ])('says what became of %j', (money, sentence) => {
    expect(moneySentence(money)).toBe(sentence);
  });
});
