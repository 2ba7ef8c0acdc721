// The center loses its database between the certificate and the word of what became of it. The
// kiosk's word still reaches the municipality, and the municipality still decides by its own row.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issuancesSchema } from '../../apps/municipality/src/http/management-schema.js';
import type { CopyOutcome } from '#libs/contract/center.js';
import type { Visit } from './visit.js';
import { Whole } from './whole.js';

const shiomidai = '991015';
const aomine = '992020';
const alone = '910101';

let whole: Whole;
beforeAll(async () => {
  whole = await Whole.open();
}, 60_000);
afterAll(() => whole.close());

type Told = { readonly visit: Visit; readonly request: string; readonly copies: readonly CopyOutcome[] };

async function prepared(outcome: CopyOutcome['outcome']): Promise<Told> {
  const visit = await whole.visit(await whole.card(shiomidai, alone));
  const statement = visit.requestFor(await visit.offer());
  const answer = await visit.post('requests', visit.signed(statement));
  const { manifest } = await visit.open(answer.body.bundle, statement);
  const copies = manifest.copies.map(({ copy, attempt, pdfSha256 }) => ({ copy, attempt, pdfSha256, outcome }));
  return { visit, request: statement.request, copies };
}

async function stateOf(request: string): Promise<string | undefined> {
  const { body } = await whole.management(shiomidai).get('/issuances');
  return issuancesSchema.parse(body).copies.find((copy) => copy.request === request)?.state;
}

test('delivered is delivered, also where only kiosk and municipality know of it', async () => {
  const { visit, request, copies } = await prepared('delivered');
  await whole.withoutCenter(() => whole.loseDatabase('center'));
  expect((await visit.tell(request, copies)).status).toBe(404);
  expect((await visit.tell(request, copies, shiomidai)).status).toBe(200);
  await expect.poll(() => stateOf(request), { timeout: 5_000 }).toBe('delivered');
});

test('a municipality that has no row of it takes nothing from it', async () => {
  const { visit, request, copies } = await prepared('voided');
  await whole.withoutCenter(() => whole.loseDatabase('center'));
  expect((await visit.tell(request, copies, aomine)).status).toBe(200);
  const waits = (): boolean => whole.logged.some((line) => line.includes('outcome-waits') && line.includes(request));
  await expect.poll(waits, { timeout: 5_000 }).toBe(true);
  expect(whole.logged.find((line) => line.includes('outcome-waits') && line.includes(request))).toContain('no-such-request');
  expect(await stateOf(request)).toBe('prepared');
});
