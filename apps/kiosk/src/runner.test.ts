// The runner between the engine and the world: what it keeps apart, and how it comes back.
import { expect, it } from 'vitest';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import type { Visit } from '#libs/session/state.js';
import { moreTimesAtMost } from '#libs/session/limits.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import type { LogFields } from '#libs/std/log.js';
import { Runner } from './runner.js';

const ids = { session: 'session-1', request: 'request-1', inquiryNumber: '123-456-7890' };

function kiosk(answers: (effect: Effect, visit: Visit) => Promise<Event | null> = async () => null, clock: Clock = systemClock) {
  const done: string[] = [];
  const lines: [string, LogFields | undefined][] = [];
  const broken: Visit[] = [];
  const journal = { fails: false };
  const note = (code: string, fields?: LogFields): void => void lines.push([code, fields]);
  const runner = new Runner({
    perform: async (effect, visit) => {
      const answer = await answers(effect, visit);
      done.push(effect.type);
      return answer;
    },
    append: async () => {
      if (journal.fails) throw new Error('SQLITE_BUSY: database is locked');
    },
    onBroken: (visit) => broken.push(visit),
    clock,
    log: { info: note, warn: note, error: note },
  });
  return { runner, done, lines, broken, journal };
}

async function upToPin({ runner }: ReturnType<typeof kiosk>): Promise<void> {
  await runner.dispatch({ type: 'put-in-service' });
  await runner.dispatch({ type: 'card-inserted', ids });
  await runner.dispatch({ type: 'card-read', triesLeft: 3 });
  await runner.dispatch({ type: 'session-opened' });
}

it('says when no row takes an event, and wipes a PIN that nothing will take', async () => {
  const one = kiosk();
  const pin = Buffer.from('1234', 'ascii');
  expect(await one.runner.dispatch({ type: 'pin-entered', pin })).toBe(false);
  expect([...pin]).toEqual([0, 0, 0, 0]);
  await upToPin(one);
  const late = Buffer.from('1234', 'ascii');
  expect(await one.runner.dispatch({ type: 'pin-entered', pin: late }, 'session-0')).toBe(false);
  expect([...late]).toEqual([0, 0, 0, 0]);
  const taken = Buffer.from('1234', 'ascii');
  expect(await one.runner.dispatch({ type: 'pin-entered', pin: taken }, ids.session)).toBe(true);
  expect(taken.toString()).toBe('1234');
  one.runner.close();
});

it('gives the cards back, keeps what the person has to know, and serves again after a short lock of the database', async () => {
  const one = kiosk();
  await upToPin(one);
  one.journal.fails = true;
  await one.runner.dispatch({ type: 'stop' });
  expect(one.runner.shown.state).toMatchObject({ name: 'out-of-service', visit: { ids }, ending: { code: 'internal' } });
  expect(one.done.slice(-3)).toEqual(['cancel-bank-pin', 'release-cash-card', 'release-card']);
  expect(one.broken).toHaveLength(1);
  one.journal.fails = false;
  await one.runner.dispatch({ type: 'put-in-service' });
  expect(one.runner.shown.state.name).toBe('out-of-service');
  one.runner.restart();
  expect(one.runner.shown.state).toMatchObject({ name: 'out-of-service', visit: { ids: null }, ending: { code: 'starting' } });
  await one.runner.dispatch({ type: 'put-in-service' });
  expect(one.runner.shown.state.name).toBe('idle');
  one.runner.close();
});

it('lets no answer of the broken visit count in the next life, and no failure of it break that one', async () => {
  let fail: (cause: Error) => void = () => undefined;
  const late = new Promise<never>((_resolve, reject) => (fail = reject));
  const one = kiosk((effect) => (effect.type === 'open-session' ? late : Promise.resolve(null)));
  await one.runner.dispatch({ type: 'put-in-service' });
  await one.runner.dispatch({ type: 'card-inserted', ids });
  await one.runner.dispatch({ type: 'card-read', triesLeft: 3 });
  one.journal.fails = true;
  await one.runner.dispatch({ type: 'card-removed' });
  one.journal.fails = false;
  one.runner.restart();
  fail(new Error('too late'));
  await one.runner.dispatch({ type: 'put-in-service' });
  await one.runner.dispatch({ type: 'timed-out' }, ids.session);
  expect(one.runner.shown.state.name).toBe('idle');
  expect(one.broken).toHaveLength(1);
  one.runner.close();
});

it('does not settle a visit before what has to survive it is written down', async () => {
  let write: () => void = () => undefined;
  const writing = new Promise<void>((resolve) => (write = resolve));
  const one = kiosk(async (effect) => {
    if (effect.type === 'abort-session') await writing;
    return null;
  });
  await upToPin(one);
  await one.runner.dispatch({ type: 'stop' });
  await one.runner.dispatch({ type: 'card-removed' });
  await one.runner.dispatch({ type: 'done' });
  expect(one.runner.shown.state.name).toBe('idle');
  await expect.poll(() => one.done).toContain('release-card');
  expect(one.done).not.toContain('wipe');
  write();
  await expect.poll(() => one.done.slice(-2)).toEqual(['abort-session', 'wipe']);
  one.runner.close();
});

it('leaves one line for an ended visit: its code, the charge, the copies, the session', async () => {
  const one = kiosk();
  await upToPin(one);
  await one.runner.dispatch({ type: 'stop' });
  const ended = one.lines.filter(([code]) => code === 'visit-ended');
  expect(ended).toEqual([['visit-ended', { session: 'session-1', ending: 'stopped', charge: 'none', copies: '' }]]);
  one.runner.close();
});

it('gives the time anew, but not for ever', async () => {
  const one = kiosk();
  expect([one.runner.shown.moreTime, one.runner.extend()]).toEqual([false, false]);
  await upToPin(one);
  for (let times = 0; times < moreTimesAtMost; times++) expect(one.runner.extend()).toBe(true);
  expect([one.runner.shown.moreTime, one.runner.extend()]).toEqual([false, false]);
  await one.runner.dispatch({ type: 'pin-entered', pin: Buffer.from('0000') });
  await one.runner.dispatch({ type: 'pin-wrong', triesLeft: 2 });
  expect(one.runner.shown.moreTime).toBe(true);
  one.runner.close();
});

it('takes the word about the called staff off the welcome after a minute, and counts nothing down for it', async () => {
  const slept: { ms: number; wake: () => void }[] = [];
  const sleep: Clock['sleep'] = (ms) => new Promise((wake) => slept.push({ ms, wake }));
  const one = kiosk(undefined, { ...systemClock, sleep });
  await one.runner.dispatch({ type: 'put-in-service' });
  await one.runner.dispatch({ type: 'staff-called' });
  expect(one.runner.shown).toMatchObject({ deadlineMs: null, state: { name: 'idle', visit: { staffCalled: true } } });
  expect(slept.map(({ ms }) => ms)).toEqual([60_000]);
  slept[0]?.wake();
  await expect.poll(() => one.runner.shown.state.visit.staffCalled).toBe(false);
  one.runner.close();
});
