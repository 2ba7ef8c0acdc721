// Everything that the bank knows, and the one place where it is kept. Each message changes
// it in memory and then commits it, before its answer leaves; with a state file the commit
// is on the disk by then.
import { assert } from '#libs/std/assert.js';
import type { Random } from '#libs/std/random.js';
import { SecurityModule } from '../hsm/security-module.js';
import { limits } from '../limits.js';
import { Ledger, vaultAccount } from './ledger.js';
import { readState, writeState, type AccountRecord, type BooksState, type TransactionRecord } from './state-file.js';

export type BooksOptions = { readonly bdk: Buffer; readonly random: Random; readonly stateFile: string | undefined };

/** An answer that was given, with the digest of what it answered. */
export type GivenAnswer = { readonly digest: string; readonly answer: string };

export class Books {
  readonly hsm: SecurityModule;
  readonly ledger: Ledger;
  readonly #stateFile: string | undefined;
  readonly #accounts: Map<string, AccountRecord>;
  readonly #transactions: Map<string, TransactionRecord>;
  readonly #tombstones: Set<string>;
  readonly #answers: Map<string, GivenAnswer>;

  constructor({ bdk, random, stateFile }: BooksOptions) {
    const kept = stateFile === undefined ? null : readState(stateFile);
    this.#stateFile = stateFile;
    this.hsm = kept === null ? new SecurityModule(bdk, random.bytes(16)) : SecurityModule.restore(bdk, kept.hsm);
    this.ledger = new Ledger(kept?.lines ?? []);
    this.#accounts = new Map(kept?.accounts.map((account) => [account.pan, account]));
    this.#transactions = new Map(Object.entries(kept?.transactions ?? {}));
    this.#tombstones = new Set(kept?.tombstones);
    this.#answers = new Map(Object.entries(kept?.answers ?? {}));
  }

  findAccount(pan: string): AccountRecord | null {
    return this.#accounts.get(pan) ?? null;
  }

  balanceYen(account: AccountRecord): number {
    return this.ledger.balanceYen(account.number);
  }

  openAccount(card: Pick<AccountRecord, 'pan' | 'panSequence' | 'offset'>, balanceYen: number): AccountRecord {
    assert(!this.#accounts.has(card.pan), 'account-open-already');
    // Institution, branch, kind 普通, number: the kiosk never learns it.
    const number = `9999-001-1-${String(this.#accounts.size + 1).padStart(7, '0')}`;
    const account = { ...card, number, pinTriesLeft: limits.pinTries };
    this.#accounts.set(card.pan, account);
    if (balanceYen > 0) this.ledger.post({ kind: 'opening', rrn: '', debit: vaultAccount, credit: number, amountYen: balanceYen });
    return account;
  }

  setPinTries(account: AccountRecord, pinTriesLeft: number): void {
    this.#accounts.set(account.pan, { ...account, pinTriesLeft });
  }

  findTransaction(key: string): TransactionRecord | null {
    return this.#transactions.get(key) ?? null;
  }

  setTransaction(key: string, transaction: TransactionRecord): void {
    this.#transactions.set(key, transaction);
  }

  get postedCount(): number {
    return [...this.#transactions.values()].filter((transaction) => transaction.state !== 'declined').length;
  }

  hasTombstone(key: string): boolean {
    return this.#tombstones.has(key);
  }

  addTombstone(key: string): void {
    this.#tombstones.add(key);
  }

  findAnswer(key: string): GivenAnswer | null {
    return this.#answers.get(key) ?? null;
  }

  setAnswer(key: string, given: GivenAnswer): void {
    this.#answers.set(key, given);
  }

  commit(): void {
    this.ledger.check();
    for (const account of this.#accounts.values()) assert(this.balanceYen(account) >= 0, 'overdrawn-account');
    if (this.#stateFile !== undefined) writeState(this.#stateFile, this.#state());
  }

  #state(): BooksState {
    return {
      hsm: this.hsm.state(),
      accounts: [...this.#accounts.values()],
      lines: [...this.ledger.lines],
      transactions: Object.fromEntries(this.#transactions),
      tombstones: [...this.#tombstones],
      answers: Object.fromEntries(this.#answers),
    };
  }
}
