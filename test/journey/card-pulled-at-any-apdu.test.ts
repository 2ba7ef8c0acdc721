// The card is pulled at each command that the kiosk sends it, before the command reaches it
// or after it was done, until the request is signed: a clear end, nothing charged, nothing
// issued, and the next person is served.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endOf, Journey } from './journey.js';
import { limits } from './limits.js';

const citizen = 'hitori-gurashi';
let journey: Journey;

beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey?.close());

it('ends clearly wherever it is pulled', { timeout: 10 * limits.visitTimeoutMs }, async () => {
  const slot = journey.branch.bench.slot('1');
  const before = await journey.ledger();
  const commands = await countCommands();
  expect(commands).toBeGreaterThan(8);
  for (let index = 1; index <= commands; index++) {
    // Both kinds of pulling at every other command would be the whole again, and take as long.
    slot.pullAt({ index, executed: index % 2 === 0 });
    const visited = await journey.visit(citizen);
    const { code, money, cardInside } = endOf(visited);
    expect({ index, code, money, cardInside }).toEqual({
      index,
      code: 'card-pulled',
      money: { state: 'nothing-charged' },
      cardInside: false,
    });
    expect(await journey.copies(visited.request)).toEqual([]);
  }
  const next = await journey.visit(citizen);
  expect(next.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged', feeYen: 300 } } });
  expect((await journey.ledgerSince(before)).map((line) => line.kind)).toEqual(Array.from({ length: 4 }, () => 'purchase'));
});

/** Commands from the insertion to the signature of the request, in a visit that goes well. */
async function countCommands(): Promise<number> {
  let commands = 0;
  const onScreen = ({ screen }: { screen: string }): void => {
    if (screen === 'take-card') commands = journey.branch.bench.slot('1').commandCount();
  };
  const visited = await journey.visit(citizen, { onScreen });
  expect(visited.end?.screen).toBe('thank-you');
  return commands;
}
