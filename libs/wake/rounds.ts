// One run of the worker at a time for each topic. Calls during a run are remembered as
// one further run: what was stored after the run had looked is found by the next.
import type { Log } from '#libs/std/log.js';

type Round = { running: Promise<void>; again: boolean };

export class Rounds {
  private worker: ((topic: string) => Promise<void>) | null = null;
  private readonly rounds = new Map<string, Round>();
  private closed = false;

  constructor(private readonly log: Log) {}

  onWake(worker: (topic: string) => Promise<void>): void {
    this.worker = worker;
  }

  /** Resolves when a run that began after this call has ended. Never rejects. */
  run(topic: string): Promise<void> {
    if (this.closed) return Promise.resolve();
    const running = this.rounds.get(topic);
    if (running !== undefined) {
      running.again = true;
      return running.running;
    }
    const round: Round = { running: Promise.resolve(), again: true };
    round.running = this.untilQuiet(topic, round);
    this.rounds.set(topic, round);
    return round.running;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.rounds.values()].map((round) => round.running));
  }

  private async untilQuiet(topic: string, round: Round): Promise<void> {
    // Off the caller's stack: a worker never runs inside the transaction that woke it.
    await new Promise((resolve) => setImmediate(resolve));
    while (round.again && !this.closed) {
      round.again = false;
      await this.once(topic);
    }
    this.rounds.delete(topic);
  }

  private async once(topic: string): Promise<void> {
    try {
      await this.worker?.(topic);
    } catch (cause) {
      this.log.error('wake-worker-failed', { topic, cause: cause instanceof Error ? cause.name : typeof cause });
    }
  }
}
