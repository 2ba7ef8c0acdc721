// Carries events in and effects out, and does nothing else (DESIGN §4). Order of one step:
// the journal entry is on the disk, then the state is shown, then the effects begin (in which
// order: lanes.ts). The answer of an effect counts only for the visit that asked for it.
import { moreTimesAtMost, personTimeoutMs, timeoutMsOf } from '#libs/session/limits.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import { initialState, type State, type Visit } from '#libs/session/state.js';
import { step } from '#libs/session/step.js';
import type { NewEntry } from '#libs/journal/entry.js';
import { wipe } from '#libs/std/bytes.js';
import type { Clock } from '#libs/std/clock.js';
import type { Log } from '#libs/std/log.js';
import { faultName } from './fault-name.js';
import { journalEntry } from './journal-entry.js';
import { Lanes } from './lanes.js';

/** Does one effect and says what it came to; null when nothing has to be said. Never throws for an expected failure. */
export type Perform = (effect: Effect, visit: Visit) => Promise<Event | null>;

export type Shown = {
  readonly state: State;
  readonly sequence: number;
  readonly deadlineMs: number | null;
  /** The time can still be given anew. */
  readonly moreTime: boolean;
};

type RunnerParts = {
  readonly perform: Perform;
  readonly append: (entry: NewEntry) => Promise<unknown>;
  /** Both cards are given back and the screen says so: now recover, then `restart`. */
  readonly onBroken: (visit: Visit) => void;
  readonly clock: Clock;
  readonly log: Log;
};

export class Runner {
  private state: State = initialState;
  private sequence = 0;
  private deadlineMs: number | null = null;
  private extended = 0;
  private timer: AbortController | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private broken = false;
  private closed = false;
  /** Counts the lives between two breakdowns: what a former one began no longer counts. */
  private life = 0;
  private lanes = new Lanes();
  private readonly listeners = new Set<(shown: Shown) => void>();

  constructor(private readonly parts: RunnerParts) {}

  get shown(): Shown {
    const moreTime = this.deadlineMs !== null && this.extended < moreTimesAtMost;
    return { state: this.state, sequence: this.sequence, deadlineMs: this.deadlineMs, moreTime };
  }

  onShown(listener: (shown: Shown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Resolves when the step is taken and shown; its effects go on. False: no row takes it here, and nothing changed. */
  dispatch(event: Event, ofVisit: string | null = null): Promise<boolean> {
    const next = this.queue.then(() => this.take(event, ofVisit));
    this.queue = next;
    return next;
  }

  /** Gives the person the whole time again. False: there is none to be given, or it was given too often. */
  extend(): boolean {
    if (!this.shown.moreTime) return false;
    this.extended += 1;
    this.arm();
    this.show();
    return true;
  }

  close(): void {
    this.timer?.abort();
    this.listeners.clear();
    this.broken = true;
    this.closed = true;
  }

  /** After a breakdown: resolves when the last effect of the broken visit has come to its end. */
  quiet(): Promise<void> {
    return this.lanes.quiet();
  }

  /** As after the start of the process, with nothing of the former life. */
  restart(): void {
    if (this.closed || !this.broken) return;
    this.life += 1;
    this.lanes = new Lanes();
    this.state = initialState;
    this.broken = false;
    this.show();
  }

  private async take(event: Event, ofVisit: string | null): Promise<boolean> {
    const isOfNow = !this.broken && (ofVisit === null || this.state.visit.ids?.session === ofVisit);
    const wasTaken = isOfNow && (await this.takeOrBreak(event));
    // Nobody else will: an effect that takes a PIN wipes it.
    if (!wasTaken && event.type === 'pin-entered') wipe(event.pin);
    return wasTaken;
  }

  private async takeOrBreak(event: Event): Promise<boolean> {
    try {
      return await this.takeOrThrow(event);
    } catch (cause) {
      await this.breakDown(cause);
      return false;
    }
  }

  private async takeOrThrow(event: Event): Promise<boolean> {
    const before = this.state;
    const taken = step(before, event);
    if (taken.edge === null) return false;
    await this.parts.append(journalEntry({ edge: taken.edge, event, before, after: taken.state, atMs: this.parts.clock.nowMs() }));
    this.state = taken.state;
    const isNew = before.name !== taken.state.name;
    if (isNew) this.extended = 0;
    if (isNew || event.type === 'timed-out' || timeoutMsOf(before) !== timeoutMsOf(taken.state)) this.arm();
    this.show();
    if (isNew) this.logEnd(taken.state);
    this.begin(taken.effects, taken.state.visit.ids === null ? before.visit : taken.state.visit);
    return true;
  }

  private begin(effects: readonly Effect[], visit: Visit): void {
    const { life } = this;
    this.lanes.start(effects, async (effect) => {
      if (this.broken || life !== this.life) return;
      try {
        const answer = await this.parts.perform(effect, visit);
        if (answer !== null && life === this.life) void this.dispatch(answer, visit.ids?.session ?? null);
      } catch (cause) {
        if (life === this.life) await this.breakDown(cause);
      }
    });
  }

  /** One line for every visit, so that an engineer finds what a citizen was told. Codes and ids only. */
  private logEnd({ name, visit, ending }: State): void {
    if (name !== 'ended' && name !== 'take-paper') return;
    const what = name === 'ended' ? 'visit-ended' : 'visit-delivered';
    const session = visit.ids?.session ?? null;
    this.parts.log.info(what, { session, ending: ending?.code ?? null, charge: visit.charge, copies: visit.copies.join(',') });
  }

  /** The journal cannot be written, or an invariant is broken: nobody is served until what is open has been recovered. */
  private async breakDown(cause: unknown): Promise<void> {
    if (this.broken) return;
    this.broken = true;
    this.timer?.abort();
    const visit = this.state.visit;
    this.parts.log.error('kiosk-broken', { cause: faultName(cause), session: visit.ids?.session ?? null, charge: visit.charge });
    this.state = { name: 'out-of-service', visit, ending: { code: 'internal', sentence: null } };
    this.deadlineMs = null;
    this.show();
    for (const type of ['cancel-bank-pin', 'release-cash-card', 'release-card'] as const) {
      await this.parts.perform({ type }, visit).catch(() => null);
    }
    this.parts.onBroken(visit);
  }

  private arm(): void {
    this.timer?.abort();
    const timeoutMs = timeoutMsOf(this.state);
    // Only what a person has to hurry for is counted down before their eyes.
    const isTheirs = timeoutMs !== null && personTimeoutMs[this.state.name] !== undefined;
    this.deadlineMs = isTheirs ? this.parts.clock.monotonicMs() + timeoutMs : null;
    if (timeoutMs === null) return;
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
