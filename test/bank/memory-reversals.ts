// A ReversalStore without a disk, for stories about the bank.
import type { ReversalInput } from '../../apps/kiosk/src/host-link/host-link.js';
import type { ReversalStore, StoredReversal } from '../../apps/kiosk/src/host-link/reversal-forwarder.js';

export class MemoryReversals implements ReversalStore {
  readonly #pending = new Map<string, StoredReversal>();
  readonly answered = new Map<string, string>();

  add(reversal: ReversalInput): void {
    this.#pending.set(reversal.original.rrn, { ...reversal, attempts: 0 });
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  listPending(): Promise<readonly StoredReversal[]> {
    return Promise.resolve([...this.#pending.values()]);
  }

  incrementAttempt(rrn: string): Promise<void> {
    const stored = this.#pending.get(rrn);
    if (stored === undefined) throw new Error('no such reversal');
    this.#pending.set(rrn, { ...stored, attempts: stored.attempts + 1 });
    return Promise.resolve();
  }

  markAnswered(rrn: string, answer: { readonly outcome: string; readonly responseCode: string }): Promise<void> {
    this.#pending.delete(rrn);
    this.answered.set(rrn, `${answer.outcome} ${answer.responseCode}`);
    return Promise.resolve();
  }
}
