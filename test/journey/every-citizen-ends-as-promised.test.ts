// Everybody of the fictional world walks up to the same kiosk, one after the other. Each
// ends as their story says, pays what the screen said, and leaves the kiosk ready for the next.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Citizen } from '../../apps/demo/world/citizen-schema.js';
import { citizens } from '../../apps/demo/world/citizens.js';
import { counter } from '../../apps/demo/world/story-line.js';
import { endOf, Journey, type Gone } from './journey.js';
import { limits } from './limits.js';

let journey: Journey;
const gone = new Map<string, Gone>();

beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey?.close());

/** Who needs more than one sheet; four people fit on one. */
const pagesOf: Readonly<Record<string, number>> = { 'gonin-kazoku': 2, 'kyunin-kazoku': 3 };
const feeOf = (citizen: Citizen): number => (citizen.municipality === '992020' ? 250 : 300);

async function come(citizen: Citizen): Promise<Gone> {
  const visited = await journey.visit(citizen);
  gone.set(citizen.id, visited);
  expect(journey.branch.bench.printer.state().tray).toEqual([]);
  await journey.untilWelcome();
  return visited;
}

describe.each(citizens.filter((citizen) => citizen.expect === 'delivered'))('$id: $story', (citizen) => {
  it('walks away with every page, paid for', { timeout: limits.visitTimeoutMs }, async () => {
    const visited = await come(citizen);
    expect(visited.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged', feeYen: feeOf(citizen) } } });
    expect(visited.pages).toBe(pagesOf[citizen.id] ?? 1);
    expect(visited.takenYen).toBe(feeOf(citizen));
    expect(visited.ledger.map((line) => line.kind)).toEqual(['purchase', 'purchase']);
    expect(await journey.untilOneSlip()).toContain('領収書');
    await journey.untilCopiesAre(visited.request, 'delivered', citizen.municipality);
  });
});

describe.each(citizens.filter((citizen) => citizen.expect === 'refused'))('$id: $story', (citizen) => {
  it(`is refused (${citizen.reason}), and nothing is charged`, { timeout: limits.visitTimeoutMs }, async () => {
    const visited = await come(citizen);
    const { code, money, sentence, next } = endOf(visited);
    expect(code).toBe(citizen.reason);
    expect(money).toEqual({ state: 'nothing-charged' });
    expect(`${sentence}${next}`).toMatch(/^[^a-z]+$/);
    expect(visited.takenYen).toBe(0);
    expect(visited.ledger).toEqual([]);
    expect(visited.sheets).toEqual([]);
    expect(visited.screens).not.toContain('printing');
    expect(journey.slips()).toEqual([]);
  });
});

it('every refusal that comes from a register looks the same on the screen', () => {
  const refused = citizens.filter((citizen) => citizen.reason === counter);
  expect(refused.length).toBeGreaterThan(10);
  const visits = refused.map((citizen) => gone.get(citizen.id)).filter((visited) => visited !== undefined);
  expect(visits).toHaveLength(refused.length);
  const looks = new Set(visits.map((visited) => JSON.stringify({ ...endOf(visited), cardInside: false })));
  expect(Array.from(looks)).toHaveLength(1);
  const paths = visits.map((visited) => visited.screens.join(' '));
  expect(new Set(paths)).toEqual(new Set(['welcome reading-card enter-pin logging-in ended']));
});

it('nobody was called, no case is open, and the bank took what was paid', async () => {
  expect(await journey.calls()).toEqual([]);
  const delivered = citizens.filter((citizen) => citizen.expect === 'delivered');
  const ledger = await journey.ledger();
  const fees = ledger.filter((line) => line.account.startsWith('separate-deposit')).reduce((sum, line) => sum - line.amountYen, 0);
  expect(fees).toBe(delivered.reduce((sum, citizen) => sum + feeOf(citizen), 0));
});
