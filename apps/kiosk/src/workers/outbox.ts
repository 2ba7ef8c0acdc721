// What has to reach others, on its way: one walk for the center and one for the staff, each
// with its own timer, so that a receiver that swallows packets holds up nobody else's.
import { timerWake } from '#libs/wake/timer-wake.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import type { CenterClient } from '../center-client.js';
import { limits } from '../limits.js';
import type { StaffClient } from '../staff-client.js';
import type { OutboxStore } from '../storage/outbox-store.js';
import { OutboxForwarder, type Receiver } from './outbox-forwarder.js';

export type Outbox = {
  /** Something was stored. Never rejects. */
  wake(): Promise<void>;
  close(): Promise<void>;
};

type Parts = {
  readonly stores: { readonly outbox: OutboxStore };
  readonly center: Pick<CenterClient, 'outcome'>;
  readonly staff: Pick<StaffClient, 'put'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervalMs?: number;
};

const receivers: readonly Receiver[] = ['center', 'staff'];

export function openOutbox({ stores, center, staff, clock, log, intervalMs = limits.outboxIntervalMs }: Parts): Outbox {
  const forwarder = new OutboxForwarder({ outbox: stores.outbox, center, staff, clock, log });
  const wakes = receivers.map((receiver) => {
    const wake = timerWake({ topics: [receiver], log, intervalMs, clock });
    wake.onWake(() => forwarder.forwardTo(receiver));
    return { receiver, wake };
  });
  return {
    wake: async () => void (await Promise.all(wakes.map(({ receiver, wake }) => wake.wake(receiver)))),
    close: async () => void (await Promise.all(wakes.map(({ wake }) => wake.close()))),
  };
}
