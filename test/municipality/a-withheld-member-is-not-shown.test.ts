// A member of the household whom this asker may not know: not in the offer, not on a
// sheet, and not to be guessed from either.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aomine, shiomidai } from '../../apps/demo/world/registers.js';
import type { Offer } from '#libs/contract/offer.js';
import { CardDesk } from './cards.js';
import { Office } from './office.js';
import { choiceOf, Visit } from './visit.js';

let office: Office;
let other: Office;
beforeAll(async () => {
  const desk = await CardDesk.open();
  office = await Office.open({ register: shiomidai, desk });
  other = await Office.open({ register: aomine, desk });
}, 60_000);
afterAll(async () => {
  await office.close();
  await other.close();
});

/** What of an offer could tell one reason from another. */
function shapeOf(offer: Offer): object {
  const [item] = offer.items;
  return {
    members: offer.members.map(({ relationship, isAsker }) => ({ relationship, isAsker })),
    scopes: item?.scopes,
    relationship: item?.allows.relationship,
  };
}

describe('the offer', () => {
  test('is the asker alone, in one shape whatever the reason', async () => {
    const shielded = await new Visit(office, await office.linkedCard('910501')).login();
    const movingOut = await new Visit(other, await other.linkedCard('950302')).login();
    expect(shielded.members.map(({ name }) => name)).toEqual(['仮名　岩男']);
    expect(shapeOf(shielded)).toEqual({ members: [{ relationship: '', isAsker: true }], scopes: ['part'], relationship: false });
    expect(shapeOf(movingOut)).toEqual(shapeOf(shielded));
    const reasons = (await office.refusals()).map(({ reason, detail }) => [reason, detail]);
    expect(reasons).toContainEqual(['member-protected', 'entry of 910502']);
  });
});

describe('the request', () => {
  test('is prepared for the asker alone', async () => {
    const visit = new Visit(office, await office.linkedCard('910501'));
    const response = await visit.request(visit.requestStatement(await visit.login()));
    expect((await visit.open(response)).manifest.copies[0]?.pages).toHaveLength(1);
  });

  test.each([{ scope: 'household' as const }, { relationship: true }])('for more (%o) is refused', async (more) => {
    const visit = new Visit(office, await office.linkedCard('910501'));
    const offer = await visit.login();
    const refused = await visit.request(visit.requestStatement(offer, { choice: choiceOf(offer, more) }));
    expect([refused.status, refused.body.code]).toEqual([422, 'choice-not-offered']);
  });

  test('of a whole household in which somebody has been put under protection since goes to the counter', async () => {
    const visit = new Visit(office, await office.linkedCard('910203'));
    const offer = await visit.login();
    const flags = { protected: true, characterPending: false, movedInToday: false };
    const residents = shiomidai.residents.map((resident) => (resident.residentNumber === '910202' ? { ...resident, flags } : resident));
    await office.importRegister({ ...shiomidai, eventNumber: shiomidai.eventNumber + 1, residents });
    const refused = await visit.request(visit.requestStatement(offer));
    expect([refused.status, refused.body.code]).toEqual([422, 'go-to-counter']);
    expect((await office.refusals()).map(({ reason }) => reason)).toContain('household-changed');
  });
});
