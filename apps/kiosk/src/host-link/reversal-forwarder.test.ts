// The queue of reversals against a link that answers what the test says.
import { describe, expect, it } from 'vitest';
import { systemClock } from '#libs/std/clock.js';
import { silentLog } from '#libs/std/log.js';
import type { HostLink, ReversalInput, ReversalOutcome } from './host-link.js';
import { ReversalForwarder, type ReversalCase, type ReversalStore, type StoredReversal } from './reversal-forwarder.js';

function reversal(rrn: string): ReversalInput {
  const approvalCode = rrn.startsWith('approved') ? '123456' : null;
  const original = { stan: '000001', rrn, transmittedAtMs: 0, amountYen: 300, approvalCode };
  return { stan: '000002', transmittedAtMs: 1, reason: '68', original };
}

const reversed: ReversalOutcome = { outcome: 'reversed', responseCode: '00' };
const silent: ReversalOutcome = { outcome: 'no-answer', cause: 'timed-out' };
const refused = (responseCode: string): ReversalOutcome => ({ outcome: 'refused', responseCode });

class Scene implements ReversalStore, HostLink {
  readonly said: string[] = [];
  readonly cases: ReversalCase[] = [];
  readonly written: string[] = [];
  signedOn = true;
  #pending: StoredReversal[] = [];
  readonly #answers: ReversalOutcome[];
  readonly forwarder: ReversalForwarder;

  constructor(rrns: readonly string[], answers: readonly ReversalOutcome[]) {
    this.#pending = rrns.map((rrn) => ({ ...reversal(rrn), attempts: 0 }));
    this.#answers = [...answers];
    const openCase = (opened: ReversalCase): Promise<void> => {
      this.cases.push(opened);
      this.written.push(`case ${opened.rrn}`);
      return Promise.resolve();
    };
    const limits = { attemptsBeforeCase: 3, pauseMs: { first: 1, most: 4 }, pollMs: 1 };
    this.forwarder = new ReversalForwarder({ link: this, store: this, openCase, clock: systemClock, log: silentLog, limits });
  }

  isSignedOn(): boolean {
    return this.signedOn;
  }
  purchase(): never {
    throw new Error('a forwarder never charges');
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
  reverse(input: ReversalInput, { repeat }: { readonly repeat: boolean }): Promise<ReversalOutcome> {
    this.said.push(`${repeat ? '0421' : '0420'} ${input.original.rrn} ${input.stan} ${input.transmittedAtMs}`);
    return Promise.resolve(this.#answers.shift() ?? reversed);
  }
  listPending(): Promise<readonly StoredReversal[]> {
    return Promise.resolve([...this.#pending]);
  }
  incrementAttempt(rrn: string): Promise<void> {
    this.written.push(`attempt ${rrn}`);
    this.#pending = this.#pending.map((stored) => (stored.original.rrn === rrn ? { ...stored, attempts: stored.attempts + 1 } : stored));
    return Promise.resolve();
  }
  markAnswered(rrn: string, answer: { readonly outcome: string; readonly responseCode: string }): Promise<void> {
    this.written.push(`${answer.outcome} ${answer.responseCode} ${rrn}`);
    this.#pending = this.#pending.filter((stored) => stored.original.rrn !== rrn);
    return Promise.resolve();
  }
}

describe('the forwarder', () => {
  it('says 0420 first and 0421 ever after, with the same STAN and time', async () => {
    const scene = new Scene(['A'], [silent, refused('91'), refused('96'), { outcome: 'original-not-found', responseCode: '25' }]);
    for (let turn = 0; turn < 4; turn++) await scene.forwarder.forwardAll();
    expect(scene.said).toEqual(['0420 A 000002 1', '0421 A 000002 1', '0421 A 000002 1', '0421 A 000002 1']);
    expect(scene.written.at(-1)).toBe('original-not-found 25 A');
  });

  it('writes the attempt down before it sends', async () => {
    const scene = new Scene(['A'], [reversed]);
    await scene.forwarder.forwardAll();
    expect(scene.written).toEqual(['attempt A', 'reversed 00 A']);
  });

  it('keeps the order: what must be tried again holds up what comes after it', async () => {
    const scene = new Scene(['A', 'B'], [reversed, silent]);
    expect(await scene.forwarder.forwardAll()).toBe('again');
    expect(await scene.forwarder.forwardAll()).toBe('all-answered');
    expect(scene.said.map((said) => said.slice(0, 6))).toEqual(['0420 A', '0420 B', '0421 B']);
  });

  it('opens a case for a refusal, before it is marked, and goes on with the next', async () => {
    const scene = new Scene(['A', 'B'], [refused('57'), reversed]);
    expect(await scene.forwarder.forwardAll()).toBe('all-answered');
    expect(scene.cases).toEqual([{ rrn: 'A', cause: 'refused', responseCode: '57' }]);
    expect(scene.written).toEqual(['attempt A', 'case A', 'refused 57 A', 'attempt B', 'reversed 00 B']);
  });

  it('opens a case when the host approved a charge and then does not know it', async () => {
    const scene = new Scene(['approved-A'], [{ outcome: 'original-not-found', responseCode: '25' }]);
    expect(await scene.forwarder.forwardAll()).toBe('all-answered');
    expect(scene.cases).toEqual([{ rrn: 'approved-A', cause: 'refused', responseCode: '25' }]);
    expect(scene.written.at(-1)).toBe('refused 25 approved-A');
  });

  it('tells a person once after many tries, and still goes on', async () => {
    const scene = new Scene(['A'], [silent, silent, silent, silent, reversed]);
    for (let turn = 0; turn < 5; turn++) await scene.forwarder.forwardAll();
    expect(scene.cases).toEqual([{ rrn: 'A', cause: 'unanswered', attempts: 3 }]);
    expect(scene.written.at(-1)).toBe('reversed 00 A');
  });

  it('does not count what could not leave', async () => {
    const scene = new Scene(['A'], []);
    scene.signedOn = false;
    expect(await scene.forwarder.forwardAll()).toBe('again');
    expect(scene.written).toEqual([]);
  });

  it('walks once when two call', async () => {
    const scene = new Scene(['A'], [reversed]);
    await Promise.all([scene.forwarder.forwardAll(), scene.forwarder.forwardAll()]);
    expect(scene.said).toHaveLength(1);
  });

  it('runs until it is told to stop', async () => {
    const scene = new Scene(['A', 'B'], [silent, silent, refused('91'), reversed, silent, reversed]);
    const stop = new AbortController();
    const running = scene.forwarder.run(stop.signal);
    for (let turn = 0; turn < 5_000 && !scene.written.includes('reversed 00 B'); turn++) {
      await systemClock.sleep(2);
    }
    stop.abort();
    await running;
    expect(scene.written).toContain('reversed 00 B');
    expect(scene.said).toHaveLength(6);
  });
});
