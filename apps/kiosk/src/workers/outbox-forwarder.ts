// Brings what was stored to whoever must know it: outcomes to the center, calls and cases
// to the staff. It goes on through restarts and for days; receivers know a repeat by its id.
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { CenterClient } from '../center-client.js';
import { limits } from '../limits.js';
import type { StaffClient } from '../staff-client.js';
import type { OutboxRow } from '../storage/entities.js';
import type { OutboxStore } from '../storage/outbox-store.js';

export type Receiver = 'center' | 'staff';

type Parts = {
  readonly outbox: OutboxStore;
  readonly center: Pick<CenterClient, 'outcome'>;
  readonly staff: Pick<StaffClient, 'put'>;
  readonly clock: Clock;
  readonly log: Log;
};

const kindsFor: Readonly<Record<Receiver, readonly OutboxRow['kind'][]>> = { center: ['outcome'], staff: ['call', 'case'] };

/** Another content under this id is there already: the only refusal that time cannot mend. */
const conflict = 409;

export class OutboxForwarder {
  /** Monotonic; only in memory, so that a restart tries all of them at once. */
  private readonly notBeforeMs = new Map<string, number>();

  constructor(private readonly parts: Parts) {}

  /** One look at everything that waits for this receiver; one that cannot be delivered does not hold up the others. */
  async forwardTo(receiver: Receiver): Promise<void> {
    const { outbox, clock } = this.parts;
    for (const row of await outbox.waiting(kindsFor[receiver])) {
      if (clock.monotonicMs() >= (this.notBeforeMs.get(row.id) ?? 0)) await this.forward(row);
    }
  }

  private async forward(row: OutboxRow): Promise<void> {
    const { outbox, log } = this.parts;
    const status = await this.deliver(row);
    if (status !== 'taken' && status !== conflict) return this.again(row, status);
    if (status === conflict) log.error('message-refused', { kind: row.kind, id: row.id, status });
    await outbox.close(row.id, status === conflict ? 'refused' : 'taken');
    this.notBeforeMs.delete(row.id);
  }

  /** Never given up: a wrong address, a proxy or a lost database may answer 4xx for a week, and a case is somebody's money. */
  private async again(row: OutboxRow, status: number | null): Promise<void> {
    const { outbox, clock, log } = this.parts;
    const { first, most } = limits.outboxPauseMs;
    this.notBeforeMs.set(row.id, clock.monotonicMs() + Math.min(first * 2 ** Math.min(row.attempts, 16), most));
    const isRefusal = status !== null && status >= 400 && status < 500;
    if (isRefusal && row.attempts % limits.outboxAttemptsPerLine === 0) {
      log.error('message-not-taken', { kind: row.kind, id: row.id, status, attempts: row.attempts + 1 });
    }
    await outbox.countAttempt(row.id);
  }

  /** The status of what was no acceptance; null without an answer. */
  private async deliver(row: OutboxRow): Promise<'taken' | number | null> {
    if (row.kind !== 'outcome') return this.parts.staff.put(row.kind, row);
    const answer = await this.parts.center.outcome(row.id, row.body);
    return answer.ok ? 'taken' : answer.error.status;
  }
}
