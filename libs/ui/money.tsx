// The money sentence, always in the same frame. The inquiry number is never broken across lines.
import type { ReactNode } from 'react';
import type { Money } from '#libs/contract/screen.js';
import { moneySentence } from './money-sentence.js';

export function MoneySentence({ money }: { readonly money: Money }): ReactNode {
  const sentence = moneySentence(money);
  if (!('inquiryNumber' in money) || money.inquiryNumber === undefined) return <p className="money">{sentence}</p>;
  const [before = '', after = ''] = sentence.split(money.inquiryNumber);
  return (
    <p className="money">
      {before}
      <span>{money.inquiryNumber}</span>
      {after}
    </p>
  );
}
