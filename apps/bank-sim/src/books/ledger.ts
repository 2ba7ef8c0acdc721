// The double-entry ledger: debits positive, credits negative, zero at every commit. A
// deposit is the bank's debt, so a balance is what its account was credited.
import type { z } from 'zod';
import type { ledgerLineSchema } from '#libs/contract/simulators.js';
import { assert } from '#libs/std/assert.js';

export type LedgerLine = z.infer<typeof ledgerLineSchema>;
export type Posting = {
  readonly kind: LedgerLine['kind'];
  readonly rrn: string;
  readonly debit: string;
  readonly credit: string;
  readonly amountYen: number;
};

/** 別段預金: what was collected for municipalities and is not yet passed on. */
export const feesAccount = 'separate-deposit:kiosk-fees';
/** Where opening balances come from. */
export const vaultAccount = 'vault';

export class Ledger {
  readonly #lines: LedgerLine[];

  constructor(lines: readonly LedgerLine[]) {
    this.#lines = [...lines];
    this.check();
  }

  get lines(): readonly LedgerLine[] {
    return this.#lines;
  }

  post({ kind, rrn, debit, credit, amountYen }: Posting): void {
    assert(Number.isSafeInteger(amountYen) && amountYen > 0, 'posting-amount');
    const entry = (this.#lines.at(-1)?.entry ?? 0) + 1;
    this.#lines.push({ entry, account: debit, amountYen, rrn, kind }, { entry, account: credit, amountYen: -amountYen, rrn, kind });
  }

  sumYen(): number {
    return this.#lines.reduce((sum, line) => sum + line.amountYen, 0);
  }

  balanceYen(account: string): number {
    return 0 - this.#lines.reduce((sum, line) => (line.account === account ? sum + line.amountYen : sum), 0);
  }

  check(): void {
    assert(this.sumYen() === 0, 'ledger-sum-not-zero');
  }
}
