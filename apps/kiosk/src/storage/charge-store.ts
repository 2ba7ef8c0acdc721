// The charges of this kiosk, from before their 0200 leaves. A state changes only from the
// states that the rules allow: the condition is part of the write.
import { In, Not } from 'typeorm';
import { isReversalReason, type ReversalReason } from '#libs/iso8583/response-codes.js';
import { retrievalReferenceNumber } from '#libs/iso8583/times.js';
import { assert } from '#libs/std/assert.js';
import type { Store } from '#libs/storage/store.js';
import type { UnknownCause } from '../host-link/host-link.js';
import type { ReversalStore, StoredReversal } from '../host-link/reversal-forwarder.js';
import { ChargeRow, CounterRow, ReversalRow } from './entities.js';

export type Intended = { readonly rrn: string; readonly stan: string; readonly transmittedAtMs: number };
export type ChargeOutcome = {
  readonly state: 'posted' | 'declined' | 'unknown';
  readonly responseCode?: string;
  readonly approvalCode?: string;
  readonly unknownCause?: UnknownCause;
};

/** ISO 8583 DE11: 000001 to 999999, then from the start again. */
const lastStan = 999_999;

/** What a charge is when the answer to its reversal has come. */
const stateAfter = { reversed: 'reversed', 'original-not-found': 'declined', refused: 'case' } as const;

export class ChargeStore implements ReversalStore {
  constructor(private readonly store: Store) {}

  /** The next STAN; it never goes back, not even over a restart. */
  async nextStan(): Promise<string> {
    return this.store.write(async (transaction) => {
      const row = await transaction.findOneBy(CounterRow, { name: 'stan' });
      const value = row === null || row.value >= lastStan ? 1 : row.value + 1;
      await transaction.save(CounterRow, { name: 'stan', value });
      return stanOf(value);
    });
  }

  /** Written before the first byte of the 0200 leaves (reference: payment §3.4 rule 1). */
  async intend(charge: { session: string; amountYen: number; nowMs: number }): Promise<Intended> {
    const stan = await this.nextStan();
    const rrn = retrievalReferenceNumber(charge.nowMs, stan);
    const { session, amountYen, nowMs: sentMs } = charge;
    const unknown = { approvalCode: null, responseCode: null, unknownCause: null, state: 'pending' as const };
    await this.store.write((transaction) =>
      transaction.insert(ChargeRow, { rrn, session, stan: Number(stan), amountYen, sentMs, ...unknown }),
    );
    return { rrn, stan, transmittedAtMs: sentMs };
  }

  async record(rrn: string, outcome: ChargeOutcome): Promise<void> {
    const { state, responseCode = null, approvalCode = null, unknownCause = null } = outcome;
    const done = await this.store.write((transaction) =>
      transaction.update(ChargeRow, { rrn, state: 'pending' }, { state, responseCode, approvalCode, unknownCause }),
    );
    assert(done.affected === 1, 'an outcome belongs to a pending charge');
  }

  /** Nothing left the kiosk: the charge never was. */
  async withdraw(rrn: string): Promise<void> {
    await this.store.write((transaction) => transaction.delete(ChargeRow, { rrn, state: 'pending' }));
  }

  /** The reversal of every charge of the session that may have moved money; written before a 0420 leaves. */
  async intendReversal(session: string, reversal: { reason: ReversalReason; nowMs: number }): Promise<string | null> {
    const open = await this.open(session);
    if (open === null) return null;
    const stan = Number(await this.nextStan());
    await this.store.write(async (transaction) => {
      const moved = await transaction.update(
        ChargeRow,
        { rrn: open.rrn, state: In(['pending', 'posted', 'unknown']) },
        { state: 'reversing' },
      );
      if (moved.affected !== 1) return;
      const { reason, nowMs: createdMs } = reversal;
      await transaction.insert(ReversalRow, { rrn: open.rrn, stan, createdMs, reason, attempts: 0, state: 'waiting' });
    });
    return open.rrn;
  }

  /** The charge of the session that is not finally declined; there is one at most. */
  async open(session: string): Promise<ChargeRow | null> {
    const rows = await this.store.read.find(ChargeRow, { where: { session, state: Not('declined') }, order: { sentMs: 'DESC' } });
    return rows[0] ?? null;
  }

  /** Perhaps posted, and no reversal is written down. */
  listUnanswered(): Promise<ChargeRow[]> {
    return this.store.read.find(ChargeRow, { where: { state: In(['pending', 'unknown']) }, order: { sentMs: 'ASC' } });
  }

  find(rrn: string): Promise<ChargeRow | null> {
    return this.store.read.findOneBy(ChargeRow, { rrn });
  }

  countWaitingReversals(): Promise<number> {
    return this.store.read.countBy(ReversalRow, { state: 'waiting' });
  }

  /** With the elements of their originals, the oldest first. */
  async listPending(): Promise<readonly StoredReversal[]> {
    const rows = await this.store.read.find(ReversalRow, { where: { state: 'waiting' }, order: { createdMs: 'ASC' } });
    return Promise.all(rows.map((row) => this.withOriginal(row)));
  }

  private async withOriginal(row: ReversalRow): Promise<StoredReversal> {
    const charge = await this.find(row.rrn);
    assert(charge !== null && isReversalReason(row.reason), 'a reversal belongs to a charge');
    const { rrn, amountYen, approvalCode } = charge;
    return {
      stan: stanOf(row.stan),
      transmittedAtMs: row.createdMs,
      reason: row.reason,
      attempts: row.attempts,
      original: { rrn, stan: stanOf(charge.stan), transmittedAtMs: charge.sentMs, amountYen, approvalCode },
    };
  }

  async incrementAttempt(rrn: string): Promise<void> {
    await this.store.write((transaction) => transaction.increment(ReversalRow, { rrn }, 'attempts', 1));
  }

  /** `refused`: the bank will not, so a case was opened; `original-not-found`: it never took the money, and will not. */
  async markAnswered(rrn: string, answer: { readonly outcome: keyof typeof stateAfter }): Promise<void> {
    const reversal = answer.outcome === 'refused' ? 'refused' : 'answered';
    await this.store.write(async (transaction) => {
      await transaction.update(ReversalRow, { rrn, state: 'waiting' }, { state: reversal });
      await transaction.update(ChargeRow, { rrn, state: 'reversing' }, { state: stateAfter[answer.outcome] });
    });
  }
}

function stanOf(value: number): string {
  return String(value).padStart(6, '0');
}
