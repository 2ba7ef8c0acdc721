// What comes out of the slip printer: the receipt, and the numbered slip that a person
// takes to the staff. No name, no certificate's content (reference: payment §5 "Receipt").
import type { ReceiptLine } from '#devices/receipt-printer/port.js';
import type { Money } from '#libs/contract/screen.js';
import { moneySentence } from '#libs/ui/money-sentence.js';

export type SlipFacts = {
  readonly kiosk: string;
  readonly branch: string;
  readonly atMs: number;
  readonly inquiryNumber: string;
  readonly municipality: string;
  readonly title: string;
  readonly copies: number;
  readonly feeYen: number;
  readonly bankReference: string | null;
  readonly money: Money;
};

export function receiptLines(facts: SlipFacts): ReceiptLine[] {
  return [
    { text: '領収書', size: 'double', align: 'center' },
    { text: facts.municipality },
    { text: `${facts.title}　${facts.copies}通` },
    { text: `${facts.feeYen}円（非課税）`, size: 'double', align: 'right' },
    { text: 'お支払い　キャッシュカード（デビット）' },
    ...references(facts),
  ];
}

export function inquiryLines(facts: SlipFacts, sentence: string): ReceiptLine[] {
  return [
    { text: 'お問い合わせ控え', size: 'double', align: 'center' },
    { text: `控えの番号　${facts.inquiryNumber}`, size: 'double' },
    { text: sentence },
    { text: moneySentence(facts.money) },
    ...references(facts),
    { text: 'この控えを係員にお見せください。' },
  ];
}

function references(facts: SlipFacts): ReceiptLine[] {
  return [
    { text: `日時　${inJapan(facts.atMs)}` },
    { text: `店番　${facts.branch}　端末　${facts.kiosk}` },
    { text: `控えの番号　${facts.inquiryNumber}` },
    ...(facts.bankReference === null ? [] : [{ text: `銀行照会番号　${facts.bankReference}` }]),
  ];
}

function inJapan(atMs: number): string {
  return new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
