// A center that has lost its database, or erased a request with time, is no dead end: what the
// kiosk says goes to the municipality that it names, which knows by its own row whether it fits.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { publicHalf } from '#libs/contract/sealed.js';
import type { Card } from '../trial/authority.js';
import { aomine, kioskId, newKey, shiomidai, TrialBranch, type TrialSession } from '../trial/branch.js';

const other = { id: 'KIOSK002', key: newKey() };
let branch: TrialBranch;
let card: Card;
beforeAll(async () => {
  branch = await TrialBranch.start();
  await branch.stopCenter();
  await branch.startCenter({ kiosks: [...branch.file().kiosks, { id: other.id, key: publicHalf(other.key) }] });
  card = await branch.resident(shiomidai);
});
afterAll(() => branch.close());

const arrived = (request: string, code = shiomidai): readonly string[] =>
  branch
    .municipality(code)
    .outcomes.filter((one) => one.request === request)
    .map(({ outcome }) => String(JSON.parse(Buffer.from(outcome.split('.')[1] ?? '', 'base64url').toString()).kiosk));

async function prepared(): Promise<{ session: TrialSession; request: string }> {
  const session = await branch.open();
  await session.logIn(card);
  const statement = session.requestStatement();
  await session.ask(card, statement);
  return { session, request: statement.request };
}

/** Of a session and a request of which the center has no row. */
const lost = () => ({ request: randomUUID(), session: randomUUID(), municipality: aomine });

test.each(['delivered', 'unopened'] as const)('%s: it is taken and reaches the municipality that it names', async (what) => {
  const session = await branch.open();
  const { request, ...about } = lost();
  const copies = what === 'unopened' ? what : session.outcome(request).copies;
  const outcome = session.outcome(request, { ...about, copies });
  expect((await session.tell(outcome)).status).toBe(200);
  expect((await session.tell({ ...outcome, time: '2026-01-01T00:00:00Z' })).status).toBe(200);
  await vi.waitFor(() => expect(arrived(request, aomine)).toEqual([kioskId]));
});

test('nobody is told where none, or nobody whom the center knows, is named', async () => {
  const session = await branch.open();
  const { request, session: of } = lost();
  expect((await session.tell(session.outcome(request, { session: of }))).body).toMatchObject({ code: 'request-unknown', status: 404 });
  const nowhere = session.outcome(request, { session: of, municipality: '131016' });
  expect((await session.tell(nowhere)).body).toMatchObject({ code: 'municipality-unknown', status: 422 });
});

test('of a request that the center knows, it has to be the right one', async () => {
  const { session, request } = await prepared();
  expect((await session.tell(session.outcome(request, { municipality: aomine }))).body).toMatchObject({ code: 'outcome-malformed' });
  expect((await session.tell(session.outcome(request, { municipality: shiomidai }))).status).toBe(200);
  await vi.waitFor(() => expect(arrived(request)).toEqual([kioskId]));
  expect(arrived(request, aomine)).toEqual([]);
});

test('only an enrolled kiosk may say so, and each for itself', async () => {
  const session = await branch.open();
  const { request, ...about } = lost();
  expect((await session.tell(session.outcome(request, about), newKey())).body).toMatchObject({ code: 'kiosk-unknown', status: 401 });
  expect((await session.tell(session.outcome(request, about), other.key)).body).toMatchObject({ code: 'outcome-malformed', status: 400 });
  const known = await prepared();
  const stolen = known.session.outcome(known.request, { kiosk: other.id, municipality: shiomidai });
  expect((await session.tell(stolen, other.key)).body).toMatchObject({ code: 'outcome-malformed', status: 400 });
});

test('another kiosk that speaks of the same lost request stands in nobody’s way', async () => {
  const session = await branch.open();
  const { request, ...about } = lost();
  branch.municipality(aomine).unknown.add(request);
  for (let attempt = 1; attempt <= 20; attempt++) {
    const copies = [{ copy: 1, attempt, outcome: 'voided' as const, pdfSha256: 'ab'.repeat(32) }];
    expect((await session.tell(session.outcome(request, { ...about, copies, kiosk: other.id }), other.key)).status).toBe(200);
  }
  await vi.waitFor(() => expect(branch.codes()).toContain('outcome-waits'));
  branch.municipality(aomine).unknown.clear();
  expect((await session.tell(session.outcome(request, about))).status).toBe(200);
  await vi.waitFor(() => expect(arrived(request, aomine)).toEqual([kioskId]));
});
