// What a crash left at the printer: the job is taken back before it is judged, and what the
// printer said about it reaches the journal and the staff.
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Effect } from '#libs/session/effect.js';
import type { Event } from '#libs/session/event.js';
import type { Visit } from '#libs/session/state.js';
import { systemClock } from '#libs/std/clock.js';
import { recover, type Recovered } from './recovery.js';
import { ids, openPaper, paidAndPrinting, silentLog, type Paper } from './stages/paper-fixture.js';
import { outcomeOf, scriptedPrinter, type PrinterStory } from './stages/scripted-printer.js';

const jobName = `${ids.request}-1-1`;

let paper: Paper;
// Paid, and the one job of three pages was written down when the power went.
beforeEach(async () => {
  paper = await openPaper();
  await paidAndPrinting(paper.stores, 3);
});
afterEach(() => paper.close());

async function recovered(story: PrinterStory) {
  const { printer, asked } = scriptedPrinter(story);
  const effects: string[] = [];
  const perform = async (effect: Effect, visit: Visit): Promise<Event | null> => {
    effects.push(effect.type);
    if (effect.type === 'open-case') await paper.trail.openCase(visit.ids ?? ids, effect);
    return effect.type === 'print-slip' ? paper.trail.printSlip(visit, effect.code) : null;
  };
  const { stores } = paper;
  const ended: Recovered[] = [];
  const append = stores.journal.append.bind(stores.journal);
  await recover({ ...stores, printer, cancelTimeoutMs: 1, append, perform, clock: systemClock, log: silentLog }, (one) => ended.push(one));
  const cases = await paper.cases();
  const settled = (await stores.journal.readAll()).find(({ code }) => code === 'print-settled');
  return { asked, effects, cases, settled, ended };
}

it('takes the job back before it asks what came of it: it must not come out later by itself', async () => {
  const { asked, effects, cases } = await recovered({
    follow: [outcomeOf('not-printed', { jobState: 'canceled', impressionsCompleted: 0 })],
  });
  expect(asked).toEqual([`find ${jobName}`, 'cancel', 'follow']);
  expect(effects).toContain('reverse-charge');
  expect(cases).toEqual([]);
});

it('tells staff and journal what the printer said of the sheet that nobody saw', async () => {
  const { cases, settled } = await recovered({
    follow: [
      outcomeOf('uncertain', {
        jobState: 'canceled',
        jobStateReasons: ['job-canceled-by-user'],
        impressionsCompleted: 1,
        printerReasons: ['paused'],
      }),
    ],
  });
  const seen = { jobState: 'canceled', jobStateReasons: ['job-canceled-by-user'], impressions: 1, printerStateReasons: ['paused'] };
  const print = { jobName, copy: 1, pages: 3, outcome: 'uncertain', ...seen };
  expect(cases.map((matter) => matter.evidence)).toEqual([{ code: 'print-uncertain', charge: 'posted', prints: [print] }]);
  expect(settled?.fields).toEqual({
    job: jobName,
    copy: 1,
    outcome: 'uncertain',
    jobState: 'canceled',
    jobStateReasons: 'job-canceled-by-user',
    impressions: 1,
    printerStateReasons: 'paused',
  });
});

it.each([
  { what: 'has forgotten the job', find: 'not-there', jobState: 'unknown-job' },
  { what: 'cannot be reached', find: { code: 'unreachable', detail: 'timeout' }, jobState: 'unreachable' },
] as const)('a printer that $what leaves a case and no reversal', async ({ find, jobState }) => {
  const { asked, effects, cases } = await recovered({ find });
  expect(asked).toEqual([`find ${jobName}`]);
  expect(effects).not.toContain('reverse-charge');
  expect(cases).toMatchObject([{ kind: 'print-uncertain', amountYen: 300, evidence: { prints: [{ jobState, impressions: null }] } }]);
});

it('says in the journal and on the screen, too, that the slip about it did not come out', async () => {
  paper.fault = { code: 'out-of-paper', detail: '' };
  const { ended } = await recovered({ find: 'not-there' });
  const last = (await paper.stores.journal.readAll()).at(-1);
  expect(last).toMatchObject({ code: 'slip-not-printed', session: ids.session, fields: { code: 'out-of-paper' } });
  expect(await paper.calls()).toMatchObject([{ cause: 'slip-not-printed' }]);
  expect(ended).toMatchObject([{ code: 'print-uncertain', visit: { slip: 'missing', staffCalled: true } }]);
});

it('tells of a request whose answer was never opened, and of no request that was not made', async () => {
  const { stores } = paper;
  const others = [
    { session: 'aaaaaaaa-0000-4000-8000-000000000002', request: 'bbbbbbbb-0000-4000-8000-000000000002', inquiryNumber: '123-456-7892' },
    { session: 'aaaaaaaa-0000-4000-8000-000000000003', request: 'bbbbbbbb-0000-4000-8000-000000000003', inquiryNumber: '123-456-7893' },
  ] as const;
  await stores.visits.settle(ids.session);
  for (const other of others) await stores.visits.begin(other, 1);
  await stores.visits.recordRequested(others[0].session, { requestedMs: 2, municipalityCode: '991015' });
  const told: unknown[] = [];
  const perform = async (effect: Effect, visit: Visit): Promise<null> => {
    if (effect.type === 'report-outcome') told.push([visit.ids?.request, visit.copies]);
    return null;
  };
  const append = stores.journal.append.bind(stores.journal);
  const { printer } = scriptedPrinter({});
  await recover({ ...stores, printer, cancelTimeoutMs: 1, append, perform, clock: systemClock, log: silentLog }, () => undefined);
  expect(told).toEqual([[others[0].request, []]]);
  expect(await stores.visits.findOpen()).toEqual([]);
});
