// Whatever breaks, and wherever: the visit ends with one sentence that also says what became
// of the money, the books agree with that sentence, whoever must know is told, and the next
// person is served as if nothing had been.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moneySentence } from '#libs/ui/money-sentence.js';
import { faults } from '../../apps/demo/src/faults.js';
import { getCitizen } from '../../apps/demo/world/citizens.js';
import { endOf, Journey, type Gone, type IssuedCopy } from './journey.js';
import { limits } from './limits.js';

const feeYen = 300;
/** A sheet more than one, so that a jam can come between two. */
const citizen = 'gonin-kazoku';
const person = getCitizen(citizen);

let journey: Journey;

beforeAll(async () => {
  const kioskLimits = { answerTimeoutMs: 3_000, printTimeoutMs: 5_000 };
  journey = await Journey.open({ kioskLimits });
}, limits.openTimeoutMs);
afterAll(() => journey?.close());

type Told = {
  readonly code: string;
  /** What the screen says in the end. */
  readonly money: 'nothing-charged' | 'given-back' | 'nothing-stands' | 'charged-in-doubt';
  /** What stands in the books. */
  readonly ledger: readonly ('purchase' | 'reversal')[];
  /** Null: the municipality never heard of it, or nobody can tell it. */
  readonly copy: IssuedCopy['state'] | null;
  readonly slip: boolean;
  readonly kindOfCase: string | null;
};

const beforeAnything: Omit<Told, 'code'> = { money: 'nothing-charged', ledger: [], copy: null, slip: false, kindOfCase: null };
const statusUnknown: Told = { ...beforeAnything, code: 'revocation-unknown' };
const prepared = { ...beforeAnything, copy: 'voided' } as const;
const takenAndGivenBack = { ...prepared, money: 'given-back', ledger: ['purchase', 'reversal'], slip: true } as const;
/** The kiosk never saw the bank's answer, so it does not say that money came back, only that none is gone. */
const takenUnseen = { ...takenAndGivenBack, money: 'nothing-stands' } as const;
const neverTaken = { ...prepared, money: 'nothing-stands', slip: true } as const;
const uncertain = {
  ...prepared,
  money: 'charged-in-doubt',
  ledger: ['purchase'],
  copy: 'uncertain',
  slip: true,
  kindOfCase: 'print-uncertain',
} as const;

/** Every fault that does not end in a delivery. */
const told: Readonly<Record<string, Told>> = {
  'jpki-no-answer': statusUnknown,
  'jpki-expired-answer': statusUnknown,
  'jpki-foreign-signer': statusUnknown,
  'jpki-other-serial': statusUnknown,
  'jpki-unknown-status': { ...beforeAnything, code: 'certificate-unknown' },
  'jpki-try-later': statusUnknown,
  'bank-drop-request': { ...neverTaken, code: 'charge-unknown' },
  'bank-drop-response': { ...takenUnseen, code: 'charge-unknown' },
  'bank-late': { ...takenUnseen, code: 'charge-unknown' },
  'bank-decline': { ...prepared, code: 'charge-declined' },
  'bank-reset-mid-frame': { ...takenUnseen, code: 'charge-unknown' },
  'bank-garbage': { ...takenUnseen, code: 'charge-unknown' },
  'printer-out-of-paper': { ...takenAndGivenBack, code: 'not-printed' },
  'printer-jam-before-first-sheet': { ...takenAndGivenBack, code: 'not-printed' },
  'printer-stopped': { ...takenAndGivenBack, code: 'not-printed' },
  'printer-offline': { ...takenAndGivenBack, code: 'not-printed' },
  'printer-jam-after-one-sheet': { ...uncertain, code: 'print-uncertain' },
  'printer-canceled-with-sheets-out': { ...uncertain, code: 'print-uncertain' },
  'printer-lost-after-restart': { ...uncertain, code: 'print-uncertain' },
  'card-pulled-at-login': { ...beforeAnything, code: 'card-pulled' },
  'card-pulled-at-choice': { ...beforeAnything, code: 'card-pulled' },
  'cash-card-pulled': { ...prepared, code: 'cash-card-pulled' },
  'slip-paper-out': { ...prepared, code: 'receipt-printer-not-ready' },
  'issuance-center-down': { ...beforeAnything, code: 'center-unreachable' },
  'municipality-down': { ...beforeAnything, code: 'municipality-unreachable' },
  'bank-sim-down': { ...prepared, code: 'bank-not-ready' },
};

describe.each(faults)('$name', (fault) => {
  let healed = false;
  beforeEach(() => {
    healed = false;
  });
  const heal = async (): Promise<void> => {
    if (!healed) await fault.heal(journey.branch, person);
    healed = true;
  };
  afterEach(async () => {
    await heal();
    await journey.untilWelcome();
  }, limits.visitTimeoutMs);

  it('ends with what became of the money, and the next person is served', { timeout: limits.visitTimeoutMs }, async () => {
    const onScreen = async ({ screen }: { screen: string }): Promise<void> => {
      if (screen === fault.at) await fault.happen(journey.branch, person);
    };
    const before = await journey.ledger();
    const calls = await journey.calls();
    const expected = told[fault.name];
    const broken = await journey.visit(citizen, { onScreen, settleTimeoutMs: limits.untilTimeoutMs });
    expect(codeOf(broken)).toBe(expected?.code ?? 'delivered');
    const slip = expected === undefined || expected.slip ? await journey.untilOneSlip() : null;
    await heal();
    if (expected === undefined) await expectDelivered(broken);
    else await expectTold(broken, { expected, slip, ledger: (await journey.ledgerSince(before)).map((line) => line.kind) });
    await journey.untilWelcome();
    await journey.untilSignedOn();
    await expectDelivered(await journey.visit(citizen));
    expect(await journey.calls()).toEqual(calls);
  });
});

it(
  'a purchase that the bank declines, and whose answer is lost, is never said to be given back',
  { timeout: limits.visitTimeoutMs },
  async () => {
    const lost = faults.find((fault) => fault.name === 'bank-drop-response');
    const poor = getCitizen('zandaka-zero');
    const onScreen = async ({ screen }: { screen: string }): Promise<void> => {
      if (screen === lost?.at) await lost.happen(journey.branch, poor);
    };
    const before = await journey.ledger();
    const broken = await journey.visit(poor, { onScreen, settleTimeoutMs: limits.untilTimeoutMs });
    await lost?.heal(journey.branch, poor);
    expect(endOf(broken)).toMatchObject({ code: 'charge-unknown', money: { state: 'nothing-stands', feeYen } });
    expect(await journey.ledgerSince(before)).toEqual([]);
    expect(await journey.untilOneSlip()).not.toContain('お支払いいただいた');
    await journey.untilWelcome();
    await journey.untilSignedOn();
  },
);

function codeOf({ end }: Gone): string | null {
  return end?.screen === 'ended' ? end.data.code : end?.screen === 'thank-you' ? 'delivered' : null;
}

async function expectDelivered(visited: Gone): Promise<void> {
  expect(codeOf(visited)).toBe('delivered');
  expect(visited.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged', feeYen } } });
  expect([visited.takenYen, visited.pages]).toEqual([feeYen, 2]);
  expect(await journey.untilOneSlip()).toContain('領収書');
  await journey.untilCopiesAre(visited.request, 'delivered');
}

type Left = { readonly expected: Told; readonly slip: string | null; readonly ledger: readonly string[] };

async function expectTold(visited: Gone, { expected, slip, ledger }: Left): Promise<void> {
  const { sentence, money, next } = endOf(visited);
  expect(money.state).toBe(expected.money);
  expect(`${sentence}${next}${moneySentence(money)}`).toMatch(/^[^a-z]+$/);
  expect(Array.from(new Set(ledger))).toEqual(expected.ledger);
  if (expected.slip) expect(slip).toMatch(/控えの番号　\d{3}-\d{3}-\d{4}/);
  else expect(journey.slips()).toEqual([]);
  const cases = await casesOf(visited, expected.kindOfCase);
  expect(cases).toEqual(expected.kindOfCase === null ? [] : [{ kind: expected.kindOfCase, amountYen: feeYen }]);
  if (expected.copy === null) expect((await journey.copies(visited.request)).map((copy) => copy.state)).not.toContain('delivered');
  else await journey.untilCopiesAre(visited.request, expected.copy);
}

async function casesOf({ request }: Gone, kind: string | null): Promise<readonly { kind: string; amountYen: number }[]> {
  if (kind !== null) await journey.until('the case', async () => (await journey.casesOf(request)).length > 0);
  return (await journey.casesOf(request)).map((matter) => ({ kind: matter.kind, amountYen: matter.amountYen }));
}
