// What the bank does wrong, when a test tells it to. Faults are of financial messages
// (0200, 0420, 0421): signing on always works, or nothing else could be shown.
import type { z } from 'zod';
import type { bankFaultBodySchema } from '#libs/contract/simulators.js';
import { limits } from '../limits.js';

export type BankFault = z.infer<typeof bankFaultBodySchema>;

const none: BankFault = { fault: 'none' };

export class FaultSwitch {
  #fault: BankFault = none;
  #left = Number.POSITIVE_INFINITY;

  set(fault: BankFault): void {
    this.#fault = fault;
    this.#left = fault.times ?? Number.POSITIVE_INFINITY;
  }

  /** The fault for the next financial message; it heals after so many as it was told. */
  take(): BankFault {
    if (this.#left <= 0) return none;
    this.#left--;
    return this.#fault;
  }
}

/** Milliseconds before the message is looked at, and before its answer leaves. */
export function delaysOf({ fault, delayMs }: BankFault): { readonly beforeMs: number; readonly afterMs: number } {
  return {
    beforeMs: fault === 'slow' ? (delayMs ?? limits.slowMs) : 0,
    afterMs: fault === 'late' ? (delayMs ?? limits.lateMs) : 0,
  };
}
