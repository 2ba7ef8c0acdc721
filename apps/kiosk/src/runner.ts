// Carries events in and effects out, and does nothing else (DESIGN §4). Order of one step:
// the journal entry is on the disk, then the state is shown, then the effects begin. The
// answer of an effect counts only for the visit that asked for it.
import { personTimeoutMs } from '#libs/session/limits.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import { initialState, type State, type Visit } from '#libs/session/state.js';
import { step } from '#libs/session/step.js';
import type { NewEntry } from '#libs/journal/entry.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { journalEntry } from './journal-entry.js';

/** Does one effect and says what it came to; null when nothing has to be said. Never throws for an expected failure. */
export type Perform = (effect: Effect, visit: Visit) => Promise<Event | null>;

export type Shown = { readonly state: State; readonly sequence: number; readonly deadlineMs: number | null };

type RunnerParts = {
  readonly perform: Perform;
  readonly append: (entry: NewEntry) => Promise<unknown>;
  readonly clock: Clock;
  readonly log: Log;
};

export class Runner {
  private state: State = initialState;
  private sequence = 0;
  private deadlineMs: number | null = null;
  private timer: AbortController | null = null;
  private queue: Promise<void> = Promise.resolve();
  private broken = false;
  private readonly listeners = new Set<(shown: Shown) => void>();

  constructor(private readonly parts: RunnerParts) {}

  get shown(): Shown {
    return { state: this.state, sequence: this.sequence, deadlineMs: this.deadlineMs };
  }

  onShown(listener: (shown: Shown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when the step is taken and shown; its effects go on. */
  dispatch(event: Event, ofVisit: string | null = null): Promise<void> {
    const next = this.queue.then(() => this.take(event, ofVisit));
    this.queue = next;
    return next;
  }

  /** Gives the person the whole time again. */
  extend(): void {
    this.arm();
    this.show();
  }

  close(): void {
    this.timer?.abort();
    this.listeners.clear();
    this.broken = true;
  }

  private async take(event: Event, ofVisit: string | null): Promise<void> {
    if (this.broken || (ofVisit !== null && this.state.visit.ids?.session !== ofVisit)) return;
    try {
      await this.takeOrThrow(event);
    } catch (cause) {
      await this.breakDown(cause);
    }
  }

  private async takeOrThrow(event: Event): Promise<void> {
    const before = this.state;
    const taken = step(before, event);
    if (taken.edge === null) return;
    await this.parts.append(journalEntry({ edge: taken.edge, event, before, after: taken.state, atMs: this.parts.clock.nowMs() }));
    this.state = taken.state;
    if (before.name !== taken.state.name || event.type === 'timed-out') this.arm();
    this.show();
    void this.performAll(taken.effects, taken.state.visit.ids === null ? before.visit : taken.state.visit);
  }

  /** One after the other, in the order of the row: a card is released before the slip is printed. */
  private async performAll(effects: readonly Effect[], visit: Visit): Promise<void> {
    for (const effect of effects) {
      try {
        const answer = await this.parts.perform(effect, visit);
        if (answer !== null) void this.dispatch(answer, visit.ids?.session ?? null);
      } catch (cause) {
        await this.breakDown(cause);
        return;
      }
    }
  }

  /** The journal cannot be written, or an invariant is broken: nobody is served until a restart has recovered. */
  private async breakDown(cause: unknown): Promise<void> {
    if (this.broken) return;
    this.broken = true;
    this.timer?.abort();
    this.parts.log.error('kiosk-broken', { cause: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 200) : 'unknown' });
    const visit = this.state.visit;
    this.state = { name: 'out-of-service', visit, ending: { code: 'internal', sentence: null } };
    this.deadlineMs = null;
    this.show();
    for (const type of ['cancel-bank-pin', 'release-cash-card', 'release-card'] as const) {
      await this.parts.perform({ type }, visit).catch(() => null);
    }
  }

  private arm(): void {
    this.timer?.abort();
    const timeoutMs = personTimeoutMs[this.state.name];
    this.deadlineMs = timeoutMs === undefined ? null : this.parts.clock.monotonicMs() + timeoutMs;
    if (timeoutMs === undefined) return;
    const timer = new AbortController();
    this.timer = timer;
    const visit = this.state.visit.ids?.session ?? null;
    void this.parts.clock
      .sleep(timeoutMs, timer.signal)
      .then(() => (timer.signal.aborted ? undefined : this.dispatch({ type: 'timed-out' }, visit)));
  }

  private show(): void {
    this.sequence += 1;
    for (const listener of this.listeners) listener(this.shown);
  }
}
