// "Refusals do not speak": whatever a register says against somebody, the answer is the
// same bytes after the same time, and the reason is in one audited table only.
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { citizens } from '../../apps/demo/world/citizens.js';
import { aomine, shiomidai } from '../../apps/demo/world/registers.js';
import type { Resident } from '#libs/contract/register.js';
import { goToCounter } from '#libs/contract/center.js';
import { toInstant } from '#libs/std/clock.js';
import { CardDesk } from './cards.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

/** Longer than anything that a refusal does on a busy machine. */
const refusalAfterMs = 600;
let office: Office;
let otherOffice: Office;
beforeAll(async () => {
  const desk = await CardDesk.open();
  office = await Office.open({ register: shiomidai, desk, limits: { refusalAfterMs } });
  otherOffice = await Office.open({ register: aomine, desk, limits: { refusalAfterMs } });
}, 60_000);
afterAll(async () => {
  await office.close();
  await otherOffice.close();
});

type Outside = { readonly bytes: string; readonly tookMs: number };

async function outsideOf(ask: () => Promise<Response>): Promise<Outside> {
  const startedMs = performance.now();
  const response = await ask();
  const tookMs = performance.now() - startedMs;
  const { date, ...headers } = response.headers as Record<string, string>;
  expect(date).toBeDefined();
  return { bytes: JSON.stringify({ status: response.status, headers, text: response.text }), tookMs };
}

/** Excluded at the login, by the register alone. */
const excluded = citizens.filter(
  ({ municipality, reason, card }) => municipality === '991015' && reason === 'go-to-counter' && card.links.length === 1,
);
const trueReasons = [
  'address-changed-today',
  'address-too-long',
  'age-unknown',
  'card-not-linked',
  'card-not-yet-usable',
  'character-pending',
  'dead',
  'does-not-fit',
  'glyph-missing',
  'household-moving-out',
  'moved-in-today',
  'moved-out',
  'moving-out',
  'name-too-long',
  'period-of-stay-expired',
  'protected',
  'under-minimum-age',
];

describe('at the login', () => {
  test('every exclusion, an unknown card and a day-old card give the same bytes in the same class of time', async () => {
    const seen: Outside[] = [];
    for (const citizen of excluded) {
      const visit = new Visit(office, await office.linkedCard(citizen.residentNumber));
      const body = await visit.forward(visit.loginStatement());
      seen.push(await outsideOf(() => visit.postLogin(body)));
    }
    const tomorrow = toInstant(Date.now() + 86_400_000);
    for (const card of [office.desk.issue(), await office.linkedCard('940101', tomorrow)]) {
      const visit = new Visit(office, card);
      const body = await visit.forward(visit.loginStatement());
      seen.push(await outsideOf(() => visit.postLogin(body)));
    }
    const abroad = new Visit(otherOffice, await otherOffice.linkedCard('950401'));
    const body = await abroad.forward(abroad.loginStatement());
    seen.push(await outsideOf(() => abroad.postLogin(body)));

    expect(seen.length).toBeGreaterThanOrEqual(trueReasons.length);
    expect(new Set(seen.map(({ bytes }) => bytes)).size).toBe(1);
    expect(seen[0]?.bytes).toContain(goToCounter.detail);
    for (const { tookMs } of seen) {
      expect(tookMs).toBeGreaterThanOrEqual(refusalAfterMs - 5);
      expect(tookMs).toBeLessThan(2 * refusalAfterMs);
    }
    const reasons = new Set((await office.refusals()).filter(({ step }) => step === 'login').map(({ reason }) => reason));
    expect(Array.from(reasons).toSorted()).toEqual(trueReasons);
  }, 60_000);
});

describe('at the request', () => {
  test('whatever came between the offer and the request looks the same: protection, a missing glyph, a name that does not fit', async () => {
    const seen: Outside[] = [];
    const flags = { protected: true, characterPending: false, movedInToday: false };
    for (const change of [{ flags }, { name: '\u{30EDE}　見本' }, { name: `長名　${'寿限無'.repeat(30)}` }]) {
      seen.push(...(await refusedSinceTheOffer(change)));
    }
    expect(new Set(seen.map(({ bytes }) => bytes)).size).toBe(1);
    expect(seen[0]?.bytes).toContain('go-to-counter');
    for (const { tookMs } of seen) {
      expect(tookMs).toBeGreaterThanOrEqual(refusalAfterMs - 5);
      expect(tookMs).toBeLessThan(2 * refusalAfterMs);
    }
  }, 60_000);

  test('the officer learns field and code point, and nobody else does', async () => {
    const told = (await office.refusals()).map(({ reason, detail }) => [reason, detail]);
    expect(told).toContainEqual(['glyph-missing', 'people[0].name U+30EDE']);
    expect(told).toContainEqual(['glyph-missing', 'people[0].name U+845B U+E0100']);
    expect(told.map(([reason]) => reason)).toContain('does-not-fit');
    expect(told.map(([reason]) => reason)).toContain('protected');
    expect(office.logged.join()).not.toMatch(/glyph|30EDE|protected|dead|moved|does-not-fit/);
  });
});

let events = shiomidai.eventNumber;

/** Offered; then the register changes before the request comes in, twice. */
async function refusedSinceTheOffer(change: Partial<Resident>): Promise<readonly Outside[]> {
  await changeRegister({});
  const visit = new Visit(office, await office.linkedCard('910101'));
  const offer = await visit.login();
  await changeRegister(change);
  const body = await visit.forward(visit.requestStatement(offer));
  // The same request again: the same bytes, and no certificate the second time either.
  return [await outsideOf(() => visit.postRequest(body)), await outsideOf(() => visit.postRequest(body))];
}

async function changeRegister(change: Partial<Resident>): Promise<void> {
  events += 1;
  const residents = shiomidai.residents.map((resident) => (resident.residentNumber === '910101' ? { ...resident, ...change } : resident));
  await office.importRegister({ ...shiomidai, eventNumber: events, residents });
}

describe('the audited table', () => {
  test('cannot be changed or emptied', async () => {
    await office.inDatabase(async (store) => {
      await expect(store.write((manager) => manager.query(`UPDATE "refusals" SET "reason" = 'x'`))).rejects.toThrow('kept as written');
      await expect(store.write((manager) => manager.query('DELETE FROM "refusals"'))).rejects.toThrow('kept as written');
    });
  });
});
