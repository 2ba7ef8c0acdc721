// What the stages ask for at step 12.
import { expect, it } from 'vitest';
import { outcomeSchema } from '#libs/contract/center.js';
import { choice, ids } from '#libs/session/fixture.js';
import { emptyVisit, type Visit } from '#libs/session/state.js';
import { systemClock } from '#libs/std/clock.js';
import type { CheckedBundle, LiveSession } from '../live-session.js';
import { Stages, type StageParts } from './perform.js';
import { ids as realIds, openPaper, paidAndPrinting, paidVisit } from './paper-fixture.js';
import type { Needed } from './readiness.js';

const twoOfThreePages: Visit = { ...emptyVisit, ids, copies: ['prepared', 'prepared'], pagesPerCopy: 3 };

it.each([
  { feeYen: 600, withFee: true },
  { feeYen: 0, withFee: false },
])('paper is asked for all copies before anything is charged ($feeYen yen)', async ({ feeYen, withFee }) => {
  const asked: Needed[] = [];
  const findUnready = async (needed: Needed): Promise<string> => {
    asked.push(needed);
    return 'printer-out-of-paper';
  };
  const stages = new Stages({ findUnready } as Pick<StageParts, 'findUnready'> as StageParts);
  const visit = { ...twoOfThreePages, chosen: { choice, copies: 2, feeYen } };
  const event = await stages.perform({ type: 'check-readiness' }, visit);
  expect(event).toEqual({ type: 'failed', code: 'printer-out-of-paper', sentence: null });
  expect(asked).toEqual([{ withFee, sheets: 6 }]);
});

it.each([
  ['a millisecond after', 1, { type: 'charge-not-sent', code: 'manifest-expired' }, []],
  ['a millisecond before', -1, { type: 'charged' }, [ids.session]],
] as const)('copies are charged for until their manifest is over, not %s its end', async (...[, lateMs, event, charged]) => {
  const nowMs = Date.parse('2026-11-23T02:00:00Z');
  const asked: string[] = [];
  let live: LiveSession | null = null;
  const parts = {
    visits: { begin: async () => undefined },
    card: { read: async (begun: LiveSession) => ((live = begun), { type: 'card-read', triesLeft: 3 }) },
    bank: { charge: async (session: string) => (asked.push(session), { type: 'charged' }), cardLastFour: () => null },
    clock: { ...systemClock, nowMs: () => nowMs },
  } as object as StageParts;
  const stages = new Stages(parts);
  const visit = { ...twoOfThreePages, chosen: { choice, copies: 2, feeYen: 600 } };
  await stages.perform({ type: 'read-card' }, visit);
  const manifest = { expires: new Date(nowMs - lateMs).toISOString() } as CheckedBundle['manifest'];
  Object.assign(live ?? {}, { bundle: { manifest, pdfs: [] } });
  expect([await stages.perform({ type: 'charge' }, visit), asked]).toEqual([event, charged]);
});

it('what became of the copies names the municipality that was asked, also after a restart', async () => {
  const paper = await openPaper();
  const { stores, trail } = paper;
  await paidAndPrinting(stores, 1);
  await stores.visits.recordRequested(realIds.session, { requestedMs: 1, municipalityCode: '991015' });
  // What these stages know of the visit they know from its files.
  const stages = new Stages({ ...stores, trail } as Pick<StageParts, 'visits' | 'trail'> as StageParts);
  await stages.perform({ type: 'report-outcome' }, paidVisit('printed'));
  const [message] = await stores.outbox.waiting(['outcome']);
  const told = outcomeSchema.parse(JSON.parse(Buffer.from(message?.body.split('.')[1] ?? '', 'base64url').toString()));
  expect(told).toMatchObject({ request: realIds.request, municipality: '991015', copies: [{ outcome: 'delivered' }] });
  await paper.close();
});
