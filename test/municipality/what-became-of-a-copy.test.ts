// Step 14: a copy becomes delivered, voided or uncertain by the word of the kiosk that
// printed it. What is settled stays; what is uncertain can still be settled.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRequest, readCopies } from '../../apps/municipality/src/storage/issuance.js';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { CopyOutcome } from '#libs/contract/center.js';
import { sign } from '#libs/contract/sealed.js';
import { makeKey } from './keys.js';
import { kiosk, kioskKey, Office, otherKiosk, otherKioskKey } from './office.js';
import { Visit, type Opened } from './visit.js';

let office: Office;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterAll(async () => office.close());

async function prepared(copies = 1): Promise<{ readonly visit: Visit; readonly opened: Opened }> {
  const visit = new Visit(office, await office.linkedCard('910101'));
  return { visit, opened: await visit.open(await visit.request(visit.requestStatement(await visit.login(), { copies }))) };
}

async function stored({ manifest }: Opened): Promise<{ readonly states: readonly string[]; readonly bundle: boolean }> {
  return office.inDatabase(async (store) => ({
    states: (await readCopies(store.read, manifest.request)).map(({ state }) => state),
    bundle: (await findRequest(store.read, manifest.request))?.bundle !== null,
  }));
}

describe('an outcome', () => {
  test('of some copies leaves the others, and the bundle goes with the last', async () => {
    const { visit, opened } = await prepared(3);
    expect((await visit.tell(opened, ['delivered', 'uncertain'])).status).toBe(200);
    expect(await stored(opened)).toEqual({ states: ['delivered', 'uncertain', 'prepared'], bundle: true });
    expect((await visit.tell(opened, ['delivered', 'uncertain', 'voided'])).status).toBe(200);
    expect(await stored(opened)).toEqual({ states: ['delivered', 'uncertain', 'voided'], bundle: false });
  });

  const changes: readonly (readonly [CopyOutcome['outcome'], CopyOutcome['outcome'], number])[] = [
    ['delivered', 'delivered', 200],
    ['delivered', 'voided', 409],
    ['delivered', 'uncertain', 409],
    ['voided', 'voided', 200],
    ['voided', 'delivered', 409],
    ['voided', 'uncertain', 409],
    ['uncertain', 'uncertain', 200],
    ['uncertain', 'delivered', 200],
    ['uncertain', 'voided', 200],
  ];
  test.each(changes)('%s, then %s: %d', async (first, then, status) => {
    const { visit, opened } = await prepared();
    await visit.tell(opened, [first]);
    const answer = await visit.tell(opened, [then]);
    expect(answer.status).toBe(status);
    expect((await stored(opened)).states).toEqual([status === 200 ? then : first]);
  });

  test('that contradicts one copy changes none', async () => {
    const { visit, opened } = await prepared(2);
    await visit.tell(opened, ['delivered']);
    const answer = await visit.tell(opened, ['voided', 'voided']);
    expect([answer.status, answer.body.code]).toEqual([409, 'outcome-conflict']);
    expect((await stored(opened)).states).toEqual(['delivered', 'prepared']);
  });

  test('of another document than ours is refused', async () => {
    const { visit, opened } = await prepared();
    const [copy] = opened.manifest.copies;
    const forged = {
      ...opened,
      manifest: { ...opened.manifest, copies: copy === undefined ? [] : [{ ...copy, pdfSha256: '0'.repeat(64) }] },
    };
    expect((await visit.tell(forged, ['delivered'])).body.code).toBe('outcome-conflict');
    expect((await stored(opened)).states).toEqual(['prepared']);
  });
});

describe('the word of', () => {
  test('another kiosk, or of a stranger, counts for nothing', async () => {
    const { visit, opened } = await prepared();
    const asItself = await visit.tell(opened, ['delivered'], { kiosk: otherKiosk, key: otherKioskKey });
    const asTheFirst = await visit.tell(opened, ['delivered'], { kiosk, key: otherKioskKey });
    const stranger = await visit.tell(opened, ['delivered'], { key: makeKey() });
    expect([asItself.status, asTheFirst.status, stranger.status]).toEqual([404, 401, 401]);
    expect((await stored(opened)).states).toEqual(['prepared']);
  });

  test('another kiosk counts for nothing either when it says that nobody opened the answer', async () => {
    const { visit, opened } = await prepared();
    const { request } = opened.manifest;
    expect((await visit.abandon(request, { kiosk: otherKiosk, key: otherKioskKey })).status).toBe(404);
    expect((await stored(opened)).states).toEqual(['prepared']);
  });

  test('the kiosk counts where it names this municipality, and not where it names another', async () => {
    const { visit, opened } = await prepared();
    const elsewhere = await visit.tell(opened, ['delivered'], { municipality: '992020' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([401, 'bad-outcome']);
    expect((await stored(opened)).states).toEqual(['prepared']);
    expect((await visit.tell(opened, ['delivered'], { municipality: shiomidai.municipality.code })).status).toBe(200);
    expect((await stored(opened)).states).toEqual(['delivered']);
  });

  test('the kiosk about a copy twice, or about another request than the path says, is refused', async () => {
    const { visit, opened } = await prepared();
    const [copy] = opened.manifest.copies;
    const told = { copy: 1, attempt: 1, pdfSha256: copy?.pdfSha256, outcome: 'delivered' };
    const payload = { request: opened.manifest.request, session: visit.session, kiosk, time: office.now() };
    const twice = await sign('madoguchi-outcome+jws', { ...payload, copies: [told, { ...told, outcome: 'voided' }] }, kioskKey);
    const once = await sign('madoguchi-outcome+jws', { ...payload, copies: [told] }, kioskKey);
    const put = async (request: string, outcome: string): Promise<number> =>
      (await supertest(office.url).put(`/v1/requests/${request}/outcome`).send({ outcome })).status;
    expect(await put(opened.manifest.request, twice)).toBe(401);
    expect(await put('00000000-0000-4000-8000-000000000000', once)).toBe(401);
    expect(await put('nobody', once)).toBe(400);
    expect((await stored(opened)).states).toEqual(['prepared']);
  });
});
