// An offer is honoured: at its fee and in its time, whatever has changed meanwhile. Outside
// its time, outside its terms and in an emergency it is not.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { officeHours, usualHours } from '../../apps/demo/world/settings.js';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { KindSettings } from '#libs/contract/register.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import type { Offer } from '#libs/contract/offer.js';
import { CardDesk } from './cards.js';
import { Office } from './office.js';
import { choiceOf, Visit } from './visit.js';

let office: Office;
let eventNumber = shiomidai.eventNumber;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai, desk: await CardDesk.open() });
}, 60_000);
afterAll(async () => office.close());
beforeEach(async () => {
  office.aheadMs = 0;
  await office.setStopped(false);
  await change({});
});

/** The municipality decides anew; the register stays as it is. */
async function change(changes: Partial<KindSettings>): Promise<void> {
  const kind = { ...ordinary(), ...changes };
  eventNumber += 1;
  await office.importRegister({ ...shiomidai, eventNumber, settings: { ...shiomidai.settings, kinds: { 'resident-record': kind } } });
}

function ordinary(): KindSettings {
  const kind = shiomidai.settings.kinds['resident-record'];
  if (kind === undefined) throw new Error('Shiomidai issues resident records');
  return kind;
}

async function offered(residentNumber = '910201'): Promise<{ readonly visit: Visit; readonly offer: Offer }> {
  const visit = new Visit(office, await office.linkedCard(residentNumber));
  return { visit, offer: await visit.login() };
}

const dearer: Partial<KindSettings> = { fees: [{ from: '2019-10-01', until: null, feeYen: 400 }] };
const closedNow: Partial<KindSettings> = { hours: { ...officeHours, weekly: Array.from({ length: 7 }, () => null) } };

describe('inside its validity', () => {
  test('it goes through at its fee and after the hours, though both have changed', async () => {
    const { visit, offer } = await offered();
    await change({ ...dearer, ...closedNow });
    const { manifest } = await visit.open(await visit.request(visit.requestStatement(offer, { copies: 3 })));
    expect(manifest.feeYen).toBe(900);
  });

  test('the new fee is refused under the old offer, and is in the next one', async () => {
    const { visit, offer } = await offered();
    await change(dearer);
    const refused = await visit.request(visit.requestStatement(offer, { feeYen: 400 }));
    expect([refused.status, refused.body.code]).toEqual([422, 'choice-not-offered']);
    expect((await offered()).offer.items[0]?.feeYen).toBe(400);
  });

  test('a fee of zero is offered and prepared', async () => {
    await change({ fees: [{ from: '2019-10-01', until: null, feeYen: 0 }] });
    const { visit, offer } = await offered();
    const { manifest } = await visit.open(await visit.request(visit.requestStatement(offer)));
    expect(manifest.feeYen).toBe(0);
  });
});

describe('it is not honoured', () => {
  test('after its time', async () => {
    const { visit, offer } = await offered();
    office.aheadMs = 10 * 60_000 + 1_000;
    const refused = await visit.request(visit.requestStatement(offer));
    expect([refused.status, refused.body.code]).toEqual([409, 'offer-expired']);
  });

  test('in another session, or with another session key', async () => {
    const { offer } = await offered();
    const { visit } = await offered();
    expect((await visit.request(visit.requestStatement(offer))).body.code).toBe('offer-expired');
    const own = await visit.login();
    const { x, y } = offerless();
    const swapped = visit.requestStatement(own, { sessionPublicKey: { kty: 'EC', crv: 'P-256', x, y } });
    expect((await visit.request(swapped)).body.code).toBe('offer-expired');
  });

  test('during an emergency stop, which also keeps back what is ready', async () => {
    const { visit, offer } = await offered();
    const other = await offered();
    const ready = other.visit.requestStatement(other.offer);
    expect((await other.visit.request(ready)).status).toBe(200);
    await office.setStopped(true);
    const [refused, kept] = [await visit.request(visit.requestStatement(offer)), await other.visit.request(ready)];
    expect([refused.status, refused.body.code, kept.body.code]).toEqual([503, 'issuance-stopped', 'issuance-stopped']);
    expect((await offered()).offer.items[0]?.closed).toContain('停止しています');
  });
});

describe('what was not offered is not prepared', () => {
  const cases: readonly (readonly [string, (offer: Offer) => Partial<RequestStatement>])[] = [
    ['a part that is everybody', (offer) => ({ choice: choiceOf(offer, { scope: 'part' }) })],
    ['a household without one of them', (offer) => ({ choice: choiceOf(offer, { members: offer.members.slice(1).map(({ id }) => id) }) })],
    [
      'somebody twice',
      (offer) => ({ choice: choiceOf(offer, { scope: 'part', members: [0, 0].map((at) => offer.members[at]?.id ?? '') }) }),
    ],
    ['a member of another offer', (offer) => ({ choice: choiceOf(offer, { scope: 'part', members: ['m0123456789abcdef'] }) })],
    ['more copies than are allowed', () => ({ copies: 4, feeYen: 1_200 })],
    ['a fee that is one copy short', () => ({ copies: 2, feeYen: 300 })],
    ['My Number where it is not allowed', (offer) => ({ choice: choiceOf(offer, { myNumber: true }) })],
  ];
  test.each(cases)('%s', async (_case, changes) => {
    await change({ maxCopies: 3, allows: { relationship: true, domicile: true, myNumber: false } });
    const { visit, offer } = await offered();
    const refused = await visit.request(visit.requestStatement(offer, changes(offer)));
    expect([refused.status, refused.body.code]).toEqual([422, 'choice-not-offered']);
  });
});

describe('the hours', () => {
  test('outside them the offer says when it opens, and a request is refused with that sentence', async () => {
    await change({ hours: usualHours });
    // 23:30 in Japan, tomorrow.
    const late = new Date(Date.now() + 33 * 3_600_000).toISOString().slice(0, 10);
    office.aheadMs = Date.parse(`${late}T23:30:00+09:00`) - Date.now();
    const { visit, offer } = await offered('910101');
    expect(offer.items[0]?.closed).toMatch(/^ただいまは受付時間外です。.*6時30分から受け付けます。$/);
    const refused = await visit.request(visit.requestStatement(offer));
    expect([refused.status, refused.body.code, refused.body.detail]).toEqual([409, 'closed', offer.items[0]?.closed]);
  });
});

function offerless(): { readonly x: string; readonly y: string } {
  const { x, y } = new Visit(office, office.desk.issue()).sessionKey;
  return { x, y };
}
