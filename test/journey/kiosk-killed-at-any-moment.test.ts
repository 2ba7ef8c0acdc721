// SIGKILL in the middle of a visit, and the same kiosk again from the same files (DESIGN §4
// "After a crash"). Whenever it was: never a charge without paper, the money back or a case.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import { manage } from '../../apps/demo/src/management.js';
import { openScreen } from '../../apps/demo/src/screen-client.js';
import { Journey, takenYenBy } from './journey.js';
import { limits } from './limits.js';

const feeYen = 300;
/** Three sheets, so that there is a moment between two of them. */
const citizen = 'kyunin-kazoku';

let journey: Journey;

beforeAll(async () => {
  journey = await Journey.open({ msPerPage: 400 });
}, limits.openTimeoutMs);
afterAll(() => journey?.close());
// What a story breaks is mended, also where it failed.
afterEach(async () => {
  journey.branch.bench.printer.setFault('none');
  if ((await journey.shown()) === 'ended') await staffTakeThePaper();
}, limits.visitTimeoutMs);

const options = { timeout: limits.visitTimeoutMs };

it('killed while the certificate is being prepared: nothing was charged', options, async () => {
  const killed = await killAt('preparing');
  expect(await journey.ledgerSince(killed.before)).toEqual([]);
  expect((await journey.copies(killed.request)).map((copy) => copy.state)).not.toContain('delivered');
  await nextPersonIsServed();
});

it('killed before the cash card was in: nothing was charged, and the copy is void', options, async () => {
  const killed = await killAt('insert-cash-card');
  expect(await journey.ledgerSince(killed.before)).toEqual([]);
  await journey.untilCopiesAre(killed.request, 'voided');
  await nextPersonIsServed();
});

it('killed while the municipality is asked once more: no 0200 was written, so nothing was charged', options, async () => {
  const municipality = journey.branch.processes.get('municipality-991015')?.pid;
  assert(municipality !== undefined, 'the branch has this municipality');
  const killed = await killAt('charging', { on: { 'enter-bank-pin': () => process.kill(municipality, 'SIGSTOP') } });
  process.kill(municipality, 'SIGCONT');
  await journey.untilCopiesAre(killed.request, 'voided');
  expect(await journey.ledgerSince(killed.before)).toEqual([]);
  await nextPersonIsServed();
});

it('killed with the 0200 on its way: it is reversed, before or after the bank has seen it', options, async () => {
  const delayMs = 4_000;
  await orderOfTheBank({ fault: 'slow', delayMs, times: 1 });
  const killed = await killAt('charging', { meanwhile: () => journey.untilChargeIsWritten() });
  await journey.untilCopiesAre(killed.request, 'voided');
  await systemClock.sleep(delayMs);
  await journey.until('the account to be as before', async () => takenYenBy(await journey.ledgerSince(killed.before)) === 0);
  await personReadsThat('nothing-stands');
  await nextPersonIsServed();
});

it('killed when the bank had taken the money and not answered: it is given back', options, async () => {
  await orderOfTheBank({ fault: 'late', delayMs: 2_000, times: 1 });
  const before = await journey.ledger();
  const isTaken = async (): Promise<boolean> => takenYenBy(await journey.ledgerSince(before)) === feeYen;
  const killed = await killAt('charging', { meanwhile: () => journey.until('the money to be taken', isTaken) });
  await untilReversed(killed);
  await journey.untilCopiesAre(killed.request, 'voided');
  await personReadsThat('nothing-stands');
  await nextPersonIsServed();
});

it('killed between charge and paper: the money is given back, and a slip says so', options, async () => {
  const killed = await killAt('take-cash-card');
  await untilReversed(killed);
  await journey.untilCopiesAre(killed.request, 'voided');
  expect(await journey.untilOneSlip()).toMatch(/控えの番号　\d{3}-\d{3}-\d{4}/);
  await personReadsThat('given-back');
  await nextPersonIsServed();
});

it('killed while the printer stood still: the job is taken back, and so is the charge', options, async () => {
  const { printer } = journey.branch.bench;
  const killed = await killAt('printing', {
    on: { 'take-cash-card': () => printer.setFault('stopped') },
    meanwhile: () => journey.until('the job', async () => printer.state().jobs.at(-1)?.state === 'pending'),
  });
  await untilReversed(killed);
  await journey.untilCopiesAre(killed.request, 'voided');
  expect(printer.state().tray).toEqual([]);
  printer.setFault('none');
  await personReadsThat('given-back');
  await nextPersonIsServed();
});

it('killed after the first of three sheets: nobody knows, so a person has to look', options, async () => {
  const { printer } = journey.branch.bench;
  const killed = await killAt('printing', {
    meanwhile: async () => {
      await journey.until('the first sheet', async () => printer.state().tray.length > 0);
      printer.setFault('stopped');
    },
  });
  await expectUncertain(killed, 'canceled');
  printer.setFault('none');
  await trayIsAskedAbout('perhaps');
  await staffTakeThePaper();
  await nextPersonIsServed();
});

it('killed, and the printer has forgotten the job: nobody knows, so a person has to look', options, async () => {
  const { printer } = journey.branch.bench;
  const killed = await killAt('printing', {
    on: { 'take-cash-card': () => printer.setFault('lost-after-restart') },
    meanwhile: () => journey.until('the first sheet', async () => printer.state().tray.length > 0),
  });
  await expectUncertain(killed, 'unknown-job');
  printer.setFault('none');
  await trayIsAskedAbout('perhaps');
  await staffTakeThePaper();
  await nextPersonIsServed();
});

it('killed, and the printer went on to the last sheet: it is delivered and paid for', options, async () => {
  const { printer } = journey.branch.bench;
  const killed = await killAt('printing', {
    meanwhile: () => journey.until('the third sheet', async () => printer.state().tray.length === 3),
  });
  await journey.untilCopiesAre(killed.request, 'delivered');
  expect((await journey.ledgerSince(killed.before)).map((line) => line.kind)).toEqual(['purchase', 'purchase']);
  expect(await journey.casesOf(killed.request)).toEqual([]);
  expect(await journey.untilOneSlip()).toMatch(/^領収書\n領収者　\S+市\n住民票の写し　1通\n300円/);
  await trayIsAskedAbout('out');
  await staffTakeThePaper();
  await nextPersonIsServed();
});

it('killed while the paper waited to be taken: there is one receipt, and what may be a second one says so', options, async () => {
  const killed = await killAt('take-paper', { meanwhile: () => journey.until('the receipt', async () => journey.slips().length === 1) });
  await journey.untilCopiesAre(killed.request, 'delivered');
  await trayIsAskedAbout('out');
  await staffTakeThePaper();
  const [first = '', ...others] = journey.slips();
  expect(first).toMatch(receipt);
  expect(others.filter((slip) => !slip.includes('同じお支払いのもの'))).toEqual([]);
  await nextPersonIsServed();
});

/** Payee, certificate, amount, the card's end, the bank's approval. */
const receipt = /^領収書\n領収者　\S+市\n住民票の写し　1通\n300円[^]+カード番号　末尾\d{4}\n承認番号　\S+\n/;

type Killed = { readonly request: string | null; readonly before: Awaited<ReturnType<Journey['ledger']>> };

type Killing = {
  /** What else happens, by the screen at which it does. */
  readonly on?: Readonly<Record<string, () => void>>;
  /** What is waited for at the screen of the kill. */
  readonly meanwhile?: () => Promise<void>;
};

class ScreenIsDark extends Error {
  override readonly name = 'ScreenIsDark';
}

/** The person sees the screen go dark and takes the cards; the kiosk is started again. */
async function killAt(screen: string, { on = {}, meanwhile }: Killing = {}): Promise<Killed> {
  const before = await journey.ledger();
  let request: string | null = null;
  const onScreen = async (view: { screen: string }): Promise<void> => {
    on[view.screen]?.();
    if (view.screen !== screen) return;
    request = await requestUnderWay();
    await meanwhile?.();
    await journey.branch.processes.get('kiosk')?.kill();
    throw new ScreenIsDark();
  };
  await expect(journey.visit(citizen, { onScreen })).rejects.toMatchObject({ name: 'VisitBroken', cause: { name: 'ScreenIsDark' } });
  expect(request).not.toBeNull();
  await journey.branch.restart('kiosk');
  return { request, before };
}

async function requestUnderWay(): Promise<string | null> {
  const screen = await openScreen(journey.branch.kioskUrl);
  await new Promise((resolve) => screen.onView(resolve));
  screen.close();
  return screen.states.at(-1)?.request ?? null;
}

async function orderOfTheBank(body: object): Promise<void> {
  await manage({ method: 'PUT', url: `${journey.branch.addresses.bankManagement}/fault`, body });
}

async function untilReversed({ before }: Killed): Promise<void> {
  await journey.until('the reversal', async () => {
    const kinds = (await journey.ledgerSince(before)).map((line) => line.kind);
    return kinds.join(' ') === 'purchase purchase reversal reversal';
  });
}

/** Staff see what the printer said, and by which name it knows the job. */
async function expectUncertain({ request, before }: Killed, jobState: string): Promise<void> {
  await journey.untilCopiesAre(request, 'uncertain');
  await journey.until('the case', async () => (await journey.casesOf(request)).length > 0);
  const print = { jobName: `${request}-1-1`, copy: 1, pages: 3, outcome: 'uncertain', jobState };
  expect(await journey.casesOf(request)).toMatchObject([{ kind: 'print-uncertain', amountYen: feeYen, evidence: { prints: [print] } }]);
  expect(takenYenBy(await journey.ledgerSince(before))).toBe(feeYen);
  expect(await journey.untilOneSlip()).toMatch(/控えの番号　\d{3}-\d{3}-\d{4}/);
}

/** The kiosk asks about the tray before it serves anybody else. */
async function trayIsAskedAbout(paper: 'out' | 'perhaps'): Promise<void> {
  const screen = await openScreen(journey.branch.kioskUrl);
  await journey.until('the question about the tray', async () => screen.view()?.screen === 'ended');
  expect(screen.view()).toMatchObject({ data: { paper }, staffCalled: true });
  screen.close();
  await journey.until('the call', async () => (await journey.calls()).some((call) => call.cause === 'paper-left'));
}

/** Whoever is still there sees what became of the money, and goes. */
async function personReadsThat(state: 'given-back' | 'nothing-stands'): Promise<void> {
  const screen = await openScreen(journey.branch.kioskUrl);
  const isSaid = async (): Promise<boolean> => {
    const view = screen.view();
    return view?.screen === 'ended' && view.data.money.state === state;
  };
  await journey.until('the word about the money', isSaid);
  expect(screen.view()).toMatchObject({ data: { code: 'kiosk-restarted', money: { state, feeYen } } });
  await screen.act({ type: 'done', sequence: screen.view()?.sequence ?? 0 });
  screen.close();
}

async function staffTakeThePaper(): Promise<void> {
  const screen = await openScreen(journey.branch.kioskUrl);
  await journey.until('the question about the tray', async () => screen.view()?.screen === 'ended');
  journey.branch.bench.printer.takeSheets();
  await screen.act({ type: 'done', sequence: screen.view()?.sequence ?? 0 });
  screen.close();
}

async function nextPersonIsServed(): Promise<void> {
  expect(journey.branch.bench.printer.state().tray).toEqual([]);
  const next = await journey.visit('hitori-gurashi');
  expect(next.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged', feeYen } } });
  expect([next.takenYen, next.pages]).toEqual([feeYen, 1]);
  // It may come when the screen is free again already; the next story counts slips.
  expect(await journey.untilOneSlip()).toMatch(receipt);
}
