// Brings what was stored to whoever must know it: outcomes to the center, calls and cases
// to the staff. It goes on through restarts and for days; receivers know a repeat by its id.
import type { Log } from '#libs/std/log.js';
import type { CenterClient } from '../center-client.js';
import type { Delivery, StaffClient } from '../staff-client.js';
import type { OutboxRow } from '../storage/entities.js';
import type { OutboxStore } from '../storage/outbox-store.js';

type Parts = { readonly outbox: OutboxStore; readonly center: CenterClient; readonly staff: StaffClient; readonly log: Log };

export class OutboxForwarder {
  constructor(private readonly parts: Parts) {}

  /** One look at everything that waits; the wake calls it again. One that cannot be delivered does not hold up the others. */
  async forwardAll(): Promise<void> {
    for (const row of await this.parts.outbox.waiting()) {
      const delivery = row.kind === 'outcome' ? await this.tellCenter(row) : await this.parts.staff.put(row.kind, row);
      if (delivery === 'not-delivered') {
        await this.parts.outbox.countAttempt(row.id);
        continue;
      }
      if (delivery === 'refused') this.parts.log.error('message-refused', { kind: row.kind, id: row.id });
      await this.parts.outbox.close(row.id, delivery);
    }
  }

  private async tellCenter(row: OutboxRow): Promise<Delivery> {
    const answer = await this.parts.center.outcome(row.id, row.body);
    if (answer.ok) return 'taken';
    const { status } = answer.error;
    return status !== null && status >= 400 && status < 500 ? 'refused' : 'not-delivered';
  }
}
