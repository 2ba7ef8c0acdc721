// Brings stored reversals to the host, in their order, until each has its answer (host
// interface, rule 5; reference payment §3.4). A reversal is never dropped: after many
// tries a person is told, and it is still tried.
import { reversalVerdict } from '#libs/iso8583/response-codes.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { HostLink, ReversalInput, ReversalOutcome } from './host-link.js';
import { forwarderLimits, type ForwarderLimits } from './limits.js';

/** Its id is the RRN of the original: a charge is reversed once at most. No PAN, no PIN block. */
export type StoredReversal = ReversalInput & { readonly attempts: number };

export interface ReversalStore {
  /** Those without a final answer, the oldest first. */
  listPending(): Promise<readonly StoredReversal[]>;
  /** Before each try: from then on it may have left, and the next one is a repeat. */
  incrementAttempt(rrn: string): Promise<void>;
  /** Final; it leaves the list. `refused` stands for a case that has been opened. */
  markAnswered(
    rrn: string,
    answer: { readonly outcome: 'reversed' | 'original-not-found' | 'refused'; readonly responseCode: string },
  ): Promise<void>;
}

/** Something a person must see. Opening the same one twice must do no harm: it is told before it is marked. */
export type ReversalCase =
  | { readonly rrn: string; readonly cause: 'refused'; readonly responseCode: string }
  | { readonly rrn: string; readonly cause: 'unanswered'; readonly attempts: number };

export type ReversalForwarderParts = {
  readonly link: HostLink;
  readonly store: ReversalStore;
  readonly openCase: (opened: ReversalCase) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits?: Partial<ForwarderLimits>;
};

export class ReversalForwarder {
  readonly #parts: ReversalForwarderParts;
  readonly #limits: ForwarderLimits;
  #running: Promise<'all-answered' | 'again'> | null = null;
  #woken = new AbortController();

  constructor(parts: ReversalForwarderParts) {
    this.#parts = parts;
    this.#limits = { ...forwarderLimits, ...parts.limits };
  }

  /**
   * One walk along the queue; it stops at the first reversal that has to be tried again, so
   * their order holds. Two callers share one walk.
   */
  forwardAll(): Promise<'all-answered' | 'again'> {
    this.#running ??= this.#walk().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Forwards until `signal`, with a pause that doubles while the host does not answer. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.wake(), { once: true });
    const { pauseMs: pause, pollMs } = this.#limits;
    let pauseMs = pause.first;
    while (!signal.aborted) {
      const end = await this.forwardAll().catch(() => {
        this.#parts.log.error('reversal-walk-failed');
        return 'again' as const;
      });
      if (end === 'all-answered') pauseMs = pause.first;
      await this.#parts.clock.sleep(end === 'all-answered' ? pollMs : pauseMs, this.#woken.signal);
      this.#woken = new AbortController();
      if (end === 'again') pauseMs = Math.min(pauseMs * 2, pause.most);
    }
  }

  /** A reversal was stored, or the host signed on: do not wait for the next look. */
  wake(): void {
    this.#woken.abort();
  }

  async #walk(): Promise<'all-answered' | 'again'> {
    for (const reversal of await this.#parts.store.listPending()) {
      // Nothing would leave, so it is no attempt.
      if (!this.#parts.link.isSignedOn()) return 'again';
      await this.#parts.store.incrementAttempt(reversal.original.rrn);
      const outcome = await this.#parts.link.reverse(reversal, { repeat: reversal.attempts > 0 });
      if (!(await this.#settle(reversal, outcome))) return 'again';
    }
    return 'all-answered';
  }

  /** True when it is final. */
  async #settle(reversal: StoredReversal, outcome: ReversalOutcome): Promise<boolean> {
    const { store, openCase, log } = this.#parts;
    const rrn = reversal.original.rrn;
    const wasApproved = reversal.original.approvalCode !== null;
    if (outcome.outcome === 'reversed' || (outcome.outcome === 'original-not-found' && !wasApproved)) {
      await store.markAnswered(rrn, outcome);
      log.info('reversal-answered', { rrn, responseCode: outcome.responseCode });
      return true;
    }
    // A host that approved it and now does not know it has lost its books: a person has to look.
    if (outcome.outcome === 'original-not-found' || (outcome.outcome === 'refused' && reversalVerdict(outcome.responseCode) === 'case')) {
      log.error('reversal-refused', { rrn, responseCode: outcome.responseCode });
      await openCase({ rrn, cause: 'refused', responseCode: outcome.responseCode });
      await store.markAnswered(rrn, { outcome: 'refused', responseCode: outcome.responseCode });
      return true;
    }
    const attempts = reversal.attempts + 1;
    log.warn('reversal-again', { rrn, attempts, cause: outcome.outcome === 'refused' ? outcome.responseCode : outcome.cause });
    if (attempts === this.#limits.attemptsBeforeCase) await openCase({ rrn, cause: 'unanswered', attempts });
    return false;
  }
}
