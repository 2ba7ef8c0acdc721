// The money sentence, always in the same frame.
import type { ReactNode } from 'react';
import type { Money } from '#libs/contract/screen.js';
import { moneySentence } from './money-sentence.js';

export function MoneySentence({ money }: { readonly money: Money }): ReactNode {
  return <p className="money">{moneySentence(money)}</p>;
}
