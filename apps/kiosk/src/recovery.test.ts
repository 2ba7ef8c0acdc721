// What a crash left at the printer: the job is taken back before it is judged, and what the
// printer said about it reaches the journal and the staff.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ecPrivateJwk } from '#libs/contract/base.js';
import { caseSchema, type Case } from '#libs/contract/staff.js';
import type { Effect } from '#libs/session/effect.js';
import type { Visit } from '#libs/session/state.js';
import { systemClock } from '#libs/std/clock.js';
import { systemRandom } from '#libs/std/random.js';
import { ok } from '#libs/std/result.js';
import { openStores, type Stores } from './parts.js';
import { recover } from './recovery.js';
import { PaperTrail } from './stages/paper-trail.js';
import { outcomeOf, scriptedPrinter, type PrinterStory } from './stages/scripted-printer.js';

const ids = {
  session: 'aaaaaaaa-0000-4000-8000-000000000001',
  request: 'bbbbbbbb-0000-4000-8000-000000000001',
  inquiryNumber: '123-456-7890',
};
const jobName = `${ids.request}-1-1`;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let stores: Stores & { close(): Promise<void> };
let trail: PaperTrail;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-kiosk-'));
  stores = await openStores(join(folder, 'kiosk.db'));
  const { kty, crv, x, y, d } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  trail = new PaperTrail({
    ...stores,
    kiosk: 'KSK00001',
    branch: 'BR001',
    key: ecPrivateJwk.parse({ kty, crv, x, y, d }),
    receiptPrinter: { description: '', isReady: async () => true, print: async () => ok(undefined), close: async () => undefined },
    wake: () => undefined,
    clock: systemClock,
    random: systemRandom,
    log: quiet,
  });
});
afterEach(async () => {
  await stores.close();
  rmSync(folder, { recursive: true });
});

/** Paid, and the one job of three pages was written down when the power went. */
async function killedWhilePrinting(): Promise<void> {
  await stores.visits.begin(ids, 0);
  await stores.visits.recordCopies(ids.session, { feeYen: 300, pdfHashes: ['0'.repeat(64)], pagesPerCopy: 3 });
  const { rrn } = await stores.charges.intend({ session: ids.session, amountYen: 300, nowMs: 0 });
  await stores.charges.record(rrn, { state: 'posted', approvalCode: '000001' });
  await stores.visits.intendPrint({ jobName, session: ids.session, copy: 1, pages: 3 });
}

async function recovered(story: PrinterStory) {
  const { printer, asked } = scriptedPrinter(story);
  const effects: string[] = [];
  const perform = async (effect: Effect, visit: Visit): Promise<void> => {
    effects.push(effect.type);
    if (effect.type === 'open-case') await trail.openCase(visit.ids ?? ids, effect);
  };
  const append = stores.journal.append.bind(stores.journal);
  await recover({ ...stores, printer, append, perform, clock: systemClock, log: quiet }, () => undefined);
  const cases = (await stores.outbox.waiting(['case'])).map(({ body }): Case => caseSchema.parse(JSON.parse(body)));
  const settled = (await stores.journal.readAll()).find(({ code }) => code === 'print-settled');
  return { asked, effects, cases, settled };
}

it('takes the job back before it asks what came of it: it must not come out later by itself', async () => {
  await killedWhilePrinting();
  const { asked, effects, cases } = await recovered({
    follow: [outcomeOf('not-printed', { jobState: 'canceled', impressionsCompleted: 0 })],
  });
  expect(asked).toEqual([`find ${jobName}`, 'cancel', 'follow']);
  expect(effects).toContain('reverse-charge');
  expect(cases).toEqual([]);
});

it('tells staff and journal what the printer said of the sheet that nobody saw', async () => {
  await killedWhilePrinting();
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
  await killedWhilePrinting();
  const { asked, effects, cases } = await recovered({ find });
  expect(asked).toEqual([`find ${jobName}`]);
  expect(effects).not.toContain('reverse-charge');
  expect(cases).toMatchObject([{ kind: 'print-uncertain', amountYen: 300, evidence: { prints: [{ jobState, impressions: null }] } }]);
});
