// A kiosk that could not write for a while serves again by itself, and no charge is forgotten.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Printer } from '#devices/printer/port.js';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import { moneyOf } from '#libs/session/money.js';
import { emptyVisit, type Visit } from '#libs/session/state.js';
import type { NewEntry } from '#libs/journal/entry.js';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { err } from '#libs/std/result.js';
import { openStores, type Stores } from './parts.js';
import { Recovery } from './come-back.js';
import { reversalReason } from './stages/reversal-reason.js';

const ids = {
  session: 'aaaaaaaa-0000-4000-8000-000000000001',
  request: 'bbbbbbbb-0000-4000-8000-000000000001',
  inquiryNumber: '123-456-7890',
};
const broken: Visit = { ...emptyVisit, ids };
const quickClock: Clock = { ...systemClock, sleep: async () => new Promise((resolve) => setImmediate(resolve)) };

let folder: string;
let stores: Stores & { close(): Promise<void> };
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-kiosk-'));
  stores = await openStores(join(folder, 'kiosk.db'));
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

function recovering(append: (entry: NewEntry) => Promise<unknown> = (entry) => stores.journal.append(entry), wake = async () => {}) {
  const steps: string[] = [];
  const events: Event[] = [];
  const effects: string[] = [];
  const perform = async (effect: Effect, visit: Visit): Promise<null> => {
    effects.push(effect.type);
    const session = visit.ids?.session ?? '';
    const charge = await stores.charges.open(session);
    if (effect.type !== 'reverse-charge' || charge === null) return null;
    await stores.charges.intendReversal(session, { reason: reversalReason(charge, effect.reason), nowMs: 0 });
    return null;
  };
  const printer = { findByName: async () => err({ code: 'unreachable', detail: '' }) } as Pick<Printer, 'findByName'> as Printer;
  const note = (code: string): void => void steps.push(code);
  const recovery = new Recovery({
    ...stores,
    printer,
    cancelTimeoutMs: 1,
    append,
    perform,
    clock: quickClock,
    log: { info: note, warn: note, error: note },
    runner: {
      quiet: async () => note('quiet'),
      restart: () => note('restart'),
      dispatch: async (event: Event) => {
        note(event.type);
        events.push(event);
        return true;
      },
    },
    watch: { start: () => note('watch'), tellAgain: () => note('tell-again') },
    wake,
  });
  return { recovery, steps, effects, events };
}

async function chargedVisit(state: 'pending' | 'unknown' | 'posted'): Promise<void> {
  await stores.visits.begin(ids, 0);
  await stores.visits.recordCopies(ids.session, {
    feeYen: 300,
    pdfHashes: ['0'.repeat(64)],
    pagesPerCopy: 1,
    municipality: '',
    certificate: '',
  });
  const { rrn } = await stores.charges.intend({ session: ids.session, amountYen: 300, nowMs: 0 });
  if (state === 'unknown') await stores.charges.record(rrn, { state, unknownCause: 'malformed-answer' });
  if (state === 'posted') await stores.charges.record(rrn, { state, approvalCode: 'A00001' });
}

const shownCharge = (events: readonly Event[]): readonly unknown[] =>
  events.map((event) => (event.type === 'recovered' ? [event.code, event.visit.charge, moneyOf(event.visit)] : event));
const checked = { state: 'being-checked', feeYen: 300, inquiryNumber: ids.inquiryNumber };

describe('a kiosk that was killed while it charged', () => {
  it.each(['pending', 'unknown', 'posted'] as const)('says so before the next person, when the charge was %s', async (state) => {
    await chargedVisit(state);
    const { recovery, steps, events } = recovering();
    recovery.begin();
    await expect.poll(() => steps.at(-1)).toBe('watch');
    expect(shownCharge(events)).toEqual([['kiosk-restarted', 'reversing', checked]]);
  });

  it.each([
    { state: 'posted', answer: 'reversed', wasPosted: true },
    { state: 'pending', answer: 'reversed', wasPosted: false },
    { state: 'pending', answer: 'original-not-found', wasPosted: false },
  ] as const)('says at once what the bank answered meanwhile: $state, $answer', async ({ state, answer, wasPosted }) => {
    await chargedVisit(state);
    const { recovery, steps, events } = recovering(undefined, async () => {
      const [{ original } = { original: { rrn: '' } }] = await stores.charges.listPending();
      await stores.charges.markAnswered(original.rrn, { outcome: answer });
    });
    recovery.begin();
    await expect.poll(() => steps.at(-1)).toBe('watch');
    expect(shownCharge(events)).toEqual([['kiosk-restarted', 'reversing', checked], { type: 'reversed', wasPosted }]);
  });

  it('serves the next person at once when nothing had been charged', async () => {
    await stores.visits.begin(ids, 0);
    const { recovery, steps, events } = recovering();
    recovery.begin();
    await expect.poll(() => steps.at(-1)).toBe('watch');
    expect(steps).toContain('visit-recovered');
    expect(events).toEqual([]);
  });
});

it('tries until the database can be written again, then ends the visit and serves', async () => {
  await chargedVisit('pending');
  let locked = 3;
  const { recovery, steps, effects } = recovering(async (entry) => {
    if (locked-- > 0) throw new Error('SQLITE_BUSY: database is locked');
    return stores.journal.append(entry);
  });
  recovery.comeBack(broken);
  await expect.poll(() => steps.at(-1)).toBe('tell-again');
  expect(steps).toEqual([
    'quiet',
    'recovery-failed',
    'recovery-failed',
    'recovery-failed',
    'visit-recovered',
    'kiosk-came-back',
    'restart',
    'recovered',
    'tell-again',
  ]);
  expect(effects).toEqual(expect.arrayContaining(['reverse-charge', 'print-slip', 'wipe']));
  expect(await stores.charges.listPending()).toMatchObject([{ reason: '68', original: { amountYen: 300 } }]);
});

it('does not serve before the first recovery has succeeded', async () => {
  let locked = 2;
  const { recovery, steps } = recovering(async (entry) => {
    if (locked-- > 0) throw new Error('SQLITE_BUSY: database is locked');
    return stores.journal.append(entry);
  });
  recovery.begin();
  await expect.poll(() => steps.at(-1)).toBe('watch');
  expect(steps).toEqual(['recovery-failed', 'recovery-failed', 'kiosk-started', 'watch']);
});

it.each([
  { state: 'pending', reason: '68' },
  { state: 'unknown', reason: '21' },
] as const)('reverses a charge that is $state although its visit is settled', async ({ state, reason }) => {
  await chargedVisit(state);
  await stores.visits.settle(ids.session);
  const { recovery, steps } = recovering();
  recovery.begin();
  await expect.poll(() => steps.at(-1)).toBe('watch');
  expect(steps).toContain('charge-recovered');
  expect(await stores.charges.listPending()).toMatchObject([{ reason, original: { amountYen: 300 } }]);
  expect(await stores.charges.listUnanswered()).toEqual([]);
});
