import { afterAll, beforeAll, expect, it } from 'vitest';
import { fixtureCard } from '#devices/emulated/id-card/fixture.js';
import { ok } from '#libs/std/result.js';
import { connectTo, openCardBranch, untilPresence } from './branch.js';
import type { CardBranch } from './branch.js';
import { logIn } from './login.js';

let branch: CardBranch;
beforeAll(async () => {
  branch = await openCardBranch();
}, 20_000);
afterAll(() => branch.close());

const card = fixtureCard();
const pin = Buffer.from('1234');

async function logInOnce(): Promise<{ fault: string | null; commands: number }> {
  const [reader] = branch.readers;
  const [slot] = branch.slots;
  await untilPresence(reader, 'present');
  const connection = await connectTo(reader);
  const login = await logIn(connection, pin);
  const commands = slot.commandCount();
  await connection.disconnect('reset');
  if (login.ok) return { fault: null, commands };
  return { fault: login.error.code === 'card-channel' ? login.error.fault.code : login.error.code, commands };
}

it('says card-removed at every command of a login, and takes the next card', async () => {
  const [slot] = branch.slots;
  const [reader] = branch.readers;
  await slot.insert(card);
  const whole = await logInOnce();
  expect(whole.fault).toBeNull();
  expect(whole.commands).toBeGreaterThan(12);
  const outcomes: string[] = [];
  for (let index = 1; index <= whole.commands; index++) {
    await slot.remove();
    await untilPresence(reader, 'absent');
    expect(await slot.insert(card)).toEqual(ok(undefined));
    // Both halves of the truth: a command that never arrived, and one whose answer is lost.
    slot.pullAt({ index, executed: index % 2 === 0 });
    outcomes.push((await logInOnce()).fault ?? 'none');
    expect(slot.card()).toBeNull();
  }
  expect(outcomes).toEqual(Array.from({ length: whole.commands }, () => 'card-removed'));
  await untilPresence(reader, 'absent');
  await slot.insert(card);
  expect((await logInOnce()).fault).toBeNull();
  expect(card.pins.authentication.triesLeft).toBe(3);
}, 60_000);
