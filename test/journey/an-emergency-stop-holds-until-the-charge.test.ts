// "Emergency stop, breaker and exclusion override an offer until the charge" (DESIGN §4): also when the
// certificate is prepared and lies in the kiosk. What the municipality no longer stands by, or can no
// longer be asked about, is not charged; what is charged comes out.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ScreenView } from '#libs/contract/screen.js';
import { assert } from '#libs/std/assert.js';
import { manage } from '../../apps/demo/src/management.js';
import type { PartProcess } from '../../apps/demo/src/part-process.js';
import { municipalities } from '../../apps/demo/world/registers.js';
import { endOf, Journey, type Gone } from './journey.js';
import { limits } from './limits.js';

const town = 'municipality-991015';
const citizen = 'hitori-gurashi';
const options = { timeout: 2 * limits.visitTimeoutMs };

let journey: Journey;
beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey?.close());
afterEach(() => stopTown(false));

async function stopTown(stopped: boolean): Promise<void> {
  await manage({ method: 'PUT', url: `${managementUrl()}/emergency-stop`, body: { stopped } });
}

function managementUrl(): string {
  return journey.branch.addresses.municipalityManagement.get('991015') ?? '';
}

function part(name: string): PartProcess {
  const found = [...journey.branch.processes.values()].find((candidate) => candidate.name === name);
  assert(found !== undefined, `there is a ${name}`);
  return found;
}

/** A visit during which something happens as soon as this screen stands. */
function visitWith(screen: ScreenView['screen'], happens: () => Promise<void>): Promise<Gone> {
  let isDone = false;
  return journey.visit(citizen, {
    onScreen: async (view) => {
      if (view.screen !== screen || isDone) return;
      isDone = true;
      await happens();
    },
  });
}

async function nothingIsLeftOf(gone: Gone): Promise<void> {
  expect(gone).toMatchObject({ takenYen: 0, ledger: [], pages: 0 });
  await journey.untilCopiesAre(gone.request, 'voided');
  await journey.untilWelcome();
}

it('set while the citizen reviews: the request is refused, as ever', options, async () => {
  const gone = await visitWith('review', () => stopTown(true));
  expect(endOf(gone)).toMatchObject({ code: 'issuance-stopped', money: { state: 'nothing-charged' } });
  expect(gone).toMatchObject({ takenYen: 0, ledger: [], pages: 0 });
  await journey.untilWelcome();
});

it.each(['insert-cash-card', 'enter-bank-pin'] as const)(
  'set at %s: nothing is charged, and the screen says why',
  options,
  async (screen) => {
    const gone = await visitWith(screen, () => stopTown(true));
    const end = endOf(gone);
    expect(end).toMatchObject({ code: 'issuance-stopped', money: { state: 'nothing-charged' } });
    expect(end.sentence).toContain('停止しています');
    await nothingIsLeftOf(gone);
  },
);

it('an exclusion that comes into the register before the charge: the one answer of every register', options, async () => {
  const register = municipalities.find(({ register: { municipality } }) => municipality.code === '991015')?.register;
  assert(register !== undefined, 'the demo has this municipality');
  const file = (eventNumber: number, isProtected: boolean): unknown => ({
    ...register,
    eventNumber: register.eventNumber + eventNumber,
    residents: register.residents.map((one) => ({ ...one, flags: { ...one.flags, protected: isProtected || one.flags.protected } })),
  });
  const replace = (body: unknown): Promise<unknown> => manage({ method: 'POST', url: `${managementUrl()}/register`, body });
  const gone = await visitWith('enter-bank-pin', async () => void (await replace(file(1, true))));
  await replace(file(2, false));
  expect(endOf(gone)).toMatchObject({ code: 'go-to-counter', money: { state: 'nothing-charged' } });
  await nothingIsLeftOf(gone);
});

it('the municipality dies before the charge: nobody can say that it still stands by it', options, async () => {
  const gone = await visitWith('insert-cash-card', () => part(town).kill());
  const end = endOf(gone);
  expect(end).toMatchObject({ code: 'municipality-unreachable', money: { state: 'nothing-charged' } });
  expect(end.sentence).toContain('接続できません');
  await journey.branch.restart(town);
  await nothingIsLeftOf(gone);
});

it('the municipality hangs before the charge: the wait has an end', options, async () => {
  const { pid } = part(town);
  const gone = await visitWith('enter-bank-pin', async () => void process.kill(pid, 'SIGSTOP'));
  process.kill(pid, 'SIGCONT');
  expect(endOf(gone)).toMatchObject({ code: 'municipality-unreachable', money: { state: 'nothing-charged' } });
  await nothingIsLeftOf(gone);
});

it('set after the 0200: what is paid for comes out', options, async () => {
  const gone = await visitWith('take-cash-card', () => stopTown(true));
  expect(gone.end?.screen).toBe('thank-you');
  expect(gone.pages).toBe(1);
  expect(gone.takenYen).toBe(300);
  await journey.untilCopiesAre(gone.request, 'delivered');
});
