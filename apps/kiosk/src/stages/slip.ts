// What comes out of the slip printer: the receipt, and the numbered slip that a person
// takes to the staff. No name, no certificate's content (reference: payment §5 "Receipt").
import type { ReceiptLine } from '#devices/receipt-printer/port.js';
import { asShiftJisHasIt } from '#devices/receipt-printer/shift-jis.js';
import { japanOffsetMs } from '#libs/std/clock.js';

export type SlipFacts = {
  readonly kiosk: string;
  readonly branch: string;
  readonly atMs: number;
  readonly inquiryNumber: string;
  readonly bankReference: string | null;
  /** True whenever it is read. */
  readonly money: string;
};

export type ReceiptFacts = Omit<SlipFacts, 'money'> & {
  /** The payee; null only for a visit that an older release began. */
  readonly municipality: string | null;
  readonly certificate: string | null;
  readonly copies: number;
  readonly feeYen: number;
  /** DE38 of the 0210. */
  readonly approvalCode: string | null;
  /** The last four digits; they live as long as the visit, so a receipt after a crash has none. */
  readonly cardLastFour: string | null;
  /** 指定納付受託者 (地方自治法 231条の2の3): the bank that takes the fee for the payee. */
  readonly collector: string;
  /** Nobody knows whether one has come out already. */
  readonly mayBeSecond: boolean;
};

export function receiptLines(facts: ReceiptFacts): ReceiptLine[] {
  const { municipality, certificate, cardLastFour, approvalCode } = facts;
  const ifKnown = (value: string | null, text: string): ReceiptLine[] => (value === null ? [] : [{ text }]);
  return [
    { text: '領収書', size: 'double', align: 'center' },
    ...ifKnown(municipality, `領収者　${asShiftJisHasIt(municipality ?? '')}`),
    { text: `${asShiftJisHasIt(certificate ?? '証明書')}　${facts.copies}通` },
    { text: `${facts.feeYen}円（非課税）`, size: 'double', align: 'right' },
    { text: 'お支払い　キャッシュカード（デビット）' },
    ...ifKnown(cardLastFour, `カード番号　末尾${cardLastFour}`),
    ...ifKnown(approvalCode, `承認番号　${approvalCode}`),
    { text: `指定納付受託者　${asShiftJisHasIt(facts.collector)}` },
    ...whenAndWhere(facts),
    { text: `控えの番号　${facts.inquiryNumber}` },
    ...bankReference(facts),
    ...(facts.mayBeSecond ? [{ text: '先に領収書が出ている場合は、その領収書と同じお支払いのものです。' }] : []),
  ];
}

export function inquiryLines(facts: SlipFacts, sentence: string): ReceiptLine[] {
  return [
    { text: 'お問い合わせ控え', size: 'double', align: 'center' },
    { text: `控えの番号　${facts.inquiryNumber}`, size: 'double' },
    { text: sentence },
    { text: facts.money },
    ...whenAndWhere(facts),
    ...bankReference(facts),
    { text: 'この控えを係員にお見せください。' },
  ];
}

function whenAndWhere({ atMs, branch, kiosk }: Pick<SlipFacts, 'atMs' | 'branch' | 'kiosk'>): ReceiptLine[] {
  return [{ text: `日時　${inJapan(atMs)}` }, { text: `店番　${branch}　端末　${kiosk}` }];
}

function bankReference({ bankReference: rrn }: Pick<SlipFacts, 'bankReference'>): ReceiptLine[] {
  return rrn === null ? [] : [{ text: `銀行照会番号　${rrn}` }];
}

function inJapan(atMs: number): string {
  return new Date(atMs + japanOffsetMs).toISOString().slice(0, 16).replace('T', ' ');
}
