// What the stages ask for at step 12, before a charge and before a certificate without a fee.
import { expect, it } from 'vitest';
import { outcomeSchema } from '#libs/contract/center.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import type { Event } from '#libs/session/event.js';
import { choice, ids } from '#libs/session/fixture.js';
import { emptyVisit, type Visit } from '#libs/session/state.js';
import { systemClock } from '#libs/std/clock.js';
import type { CheckedBundle, LiveSession } from '../live-session.js';
import type { VisitStore } from '../storage/visit-store.js';
import type { BankStage } from './bank-stage.js';
import type { CardStage } from './card-stage.js';
import type { CenterStage, PreparedRequest, Refused } from './center-stage.js';
import { Stages, type StageParts } from './perform.js';
import { ids as realIds, openPaper, paidAndPrinting, paidVisit } from './paper-fixture.js';
import type { Needed } from './readiness.js';

const twoOfThreePages: Visit = { ...emptyVisit, ids, copies: ['prepared', 'prepared'], pagesPerCopy: 3 };
const visitFor = (feeYen: number): Visit => ({ ...twoOfThreePages, chosen: { choice, copies: 2, feeYen } });
const stopped: Refused = { code: 'issuance-stopped', sentence: null };

type World = { unready: string | null; refused: Refused | null; readonly expires?: string; readonly nowMs?: number };

/** Stages with a visit whose certificate is prepared, and what they asked and did. */
async function prepared(world: World): Promise<{ readonly stages: Stages; readonly needs: Needed[]; readonly did: string[] }> {
  const needs: Needed[] = [];
  const did: string[] = [];
  const card: Pick<CardStage, 'read'> = {
    read: async (live: LiveSession): Promise<Event> => {
      live.center = { id: ids.session, token: 't', nonce: 'n', center: 'c' };
      live.bundle = { manifest: { expires: world.expires ?? '2099-01-01T00:00:00Z' } as CheckedBundle['manifest'], pdfs: [] };
      live.request = { statement: {} as RequestStatement, signed: { statement: '{}', signature: '', certificate: '' } };
      return { type: 'card-read', triesLeft: 3 };
    },
  };
  const center: Pick<CenterStage, 'findNoGoAhead'> = {
    findNoGoAhead: async ({ request }: PreparedRequest) => {
      did.push(`asked about ${request.signed.statement}`);
      return world.refused;
    },
  };
  const bank: Pick<BankStage, 'charge' | 'cardLastFour'> = {
    charge: async (): Promise<Event> => {
      did.push('charged');
      return { type: 'charged' };
    },
    cardLastFour: () => null,
  };
  const findUnready = async (needed: Needed): Promise<string | null> => {
    needs.push(needed);
    return world.unready;
  };
  const visits: Pick<VisitStore, 'begin'> = { begin: async () => undefined };
  const stages = new Stages({
    card: card as CardStage,
    center: center as CenterStage,
    bank: bank as BankStage,
    visits: visits as VisitStore,
    findUnready,
    clock: { ...systemClock, nowMs: () => world.nowMs ?? systemClock.nowMs() },
  } as Pick<StageParts, 'card' | 'center' | 'bank' | 'visits' | 'findUnready' | 'clock'> as StageParts);
  await stages.perform({ type: 'read-card' }, twoOfThreePages);
  return { stages, needs, did };
}

it.each([
  { feeYen: 600, withFee: true },
  { feeYen: 0, withFee: false },
])('paper is asked for all copies before anything is charged ($feeYen yen)', async ({ feeYen, withFee }) => {
  const { stages, needs, did } = await prepared({ unready: 'printer-out-of-paper', refused: null });
  const event = await stages.perform({ type: 'check-readiness' }, visitFor(feeYen));
  expect(event).toEqual({ type: 'failed', code: 'printer-out-of-paper', sentence: null });
  expect([needs, did]).toEqual([[{ withFee, sheets: 6 }], []]);
});

it.each([600, 0])(
  'the municipality is asked before a cash card is wanted, or a sheet without a fee is printed (%i yen)',
  async (feeYen) => {
    const world: World = { unready: null, refused: null };
    const { stages, did } = await prepared(world);
    expect(await stages.perform({ type: 'check-readiness' }, visitFor(feeYen))).toEqual({ type: 'ready' });
    world.refused = stopped;
    expect(await stages.perform({ type: 'check-readiness' }, visitFor(feeYen))).toEqual({ type: 'failed', ...stopped });
    expect(did).toEqual(['asked about {}', 'asked about {}']);
  },
);

it('the municipality is asked again right before the 0200, and without its word none leaves', async () => {
  const world: World = { unready: null, refused: null };
  const { stages, did } = await prepared(world);
  expect(await stages.perform({ type: 'charge' }, visitFor(600))).toEqual({ type: 'charged' });
  world.refused = { code: 'go-to-counter', sentence: '窓口へ。' };
  const refused = await stages.perform({ type: 'charge' }, visitFor(600));
  expect(refused).toEqual({ type: 'charge-not-sent', code: 'go-to-counter', sentence: '窓口へ。' });
  expect(did).toEqual(['asked about {}', 'charged', 'asked about {}']);
});

it('a person who stops while the devices are looked at is asked about all the same, and nothing breaks', async () => {
  const world: World = { unready: null, refused: null };
  const { stages, did } = await prepared(world);
  const checking = stages.perform({ type: 'check-readiness' }, visitFor(600));
  await stages.perform({ type: 'wipe' }, { ...twoOfThreePages, ids: null }).catch(() => null);
  expect(await checking).toEqual({ type: 'ready' });
  expect(did).toEqual(['asked about {}']);
});

it.each([
  ['a millisecond after', 1, { type: 'charge-not-sent', code: 'manifest-expired', sentence: null }, []],
  ['a millisecond before', -1, { type: 'charged' }, ['asked about {}', 'charged']],
] as const)('copies are charged for until their manifest is over, not %s its end', async (...[, lateMs, event, did]) => {
  const nowMs = Date.parse('2026-11-23T02:00:00Z');
  const expires = new Date(nowMs - lateMs).toISOString();
  const stages = await prepared({ unready: null, refused: null, expires, nowMs });
  expect([await stages.stages.perform({ type: 'charge' }, visitFor(600)), stages.did]).toEqual([event, did]);
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
