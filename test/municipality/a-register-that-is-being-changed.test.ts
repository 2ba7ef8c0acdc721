// Between two states of a register nothing is certified that is true of neither: a birth
// since the offer, a household at two addresses, a household whose head is gone, a mayor
// whose name cannot be printed, two states under one number.
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { RegisterFile, Resident, Settings } from '#libs/contract/register.js';
import { Office } from './office.js';
import { textOf } from './pdf-text.js';
import { choiceOf, Visit } from './visit.js';

let office: Office;
let { eventNumber } = shiomidai;
beforeAll(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterAll(async () => office.close());

type Changes = Readonly<Record<string, Partial<Resident>>>;

function changed(changes: Changes): readonly Resident[] {
  return shiomidai.residents.map((resident) => ({ ...resident, ...changes[resident.residentNumber] }));
}

async function register(residents: readonly Resident[]): Promise<void> {
  eventNumber += 1;
  await office.importRegister({ ...shiomidai, eventNumber, residents: [...residents] });
}

const visitOf = async (residentNumber: string): Promise<Visit> => new Visit(office, await office.linkedCard(residentNumber));
const reasons = async (): Promise<readonly string[]> => (await office.refusals()).map(({ reason }) => reason);

describe('a household', () => {
  test('with a birth since the offer is not certified as the whole of it', async () => {
    await register(shiomidai.residents);
    const visit = await visitOf('910201');
    const offer = await visit.login();
    const newborn = { residentNumber: '910299', order: 9, name: '架空　渚', relationship: '子', birthDate: '2026-11-01' };
    const siblings = shiomidai.residents.filter(({ residentNumber }) => residentNumber === '910204');
    await register([...shiomidai.residents, ...siblings.map((sibling) => ({ ...sibling, ...newborn }))]);
    const refused = await visit.request(visit.requestStatement(offer));
    expect([refused.status, refused.body.code]).toEqual([422, 'go-to-counter']);
    expect(await reasons()).toContain('household-changed');
  });

  test('at two addresses leaves the asker alone: one address is printed for all', async () => {
    await register(changed({ '910203': { address: { line: '窓口県汐見台市港町９番９号', building: null } } }));
    const offer = await (await visitOf('910201')).login();
    expect(offer.members.map(({ isAsker, relationship }) => [isAsker, relationship])).toEqual([[true, '']]);
    expect(await reasons()).toContain('member-another-address');
  });

  test.each<[string, Changes]>([
    ['whose head has died', { '910201': { status: 'dead' } }],
    ['with two heads', { '910203': { relationship: '世帯主' } }],
  ])('%s leaves the asker alone, without 続柄・世帯主', async (_household, changes) => {
    await register(changed(changes));
    const offer = await (await visitOf('910202')).login();
    expect(offer.members).toHaveLength(1);
    expect(offer.items[0]).toMatchObject({ scopes: ['part'], allows: { relationship: false } });
    expect(await reasons()).toContain('member-head-unclear');
  });

  test('names its head wherever they stand in the order', async () => {
    await register(changed({ '910201': { order: 4 }, '910204': { order: 1 } }));
    const visit = await visitOf('910202');
    const offer = await visit.login();
    const { pdfs } = await visit.open(
      await visit.request(visit.requestStatement(offer, { choice: choiceOf(offer, { relationship: true }) })),
    );
    expect(textOf(pdfs[0] ?? Buffer.alloc(0))).toMatch(/世帯主架空海斗/);
  });
});

test('本籍・筆頭者 are not offered to somebody who has none', async () => {
  await register(shiomidai.residents);
  const foreign = shiomidai.residents.find((resident) => resident.foreign !== null && resident.domicile === null);
  const offer = await (await visitOf(foreign?.residentNumber ?? '')).login();
  expect(offer.items[0]?.allows.domicile).toBe(false);
});

describe('a register file', () => {
  const send = (file: RegisterFile): supertest.Test => supertest(office.managementUrl).post('/register').send(file);
  test('that is older than what is stored is only older, whatever else is wrong with it', async () => {
    const settings = { ...shiomidai.settings, head: { ...shiomidai.settings.head, name: '\u{30EDE}' } };
    expect((await send({ ...shiomidai, eventNumber: eventNumber - 1, settings })).body.code).toBe('older-than-stored');
  });

  const heads: readonly [string, Partial<Settings['head']>][] = [
    ['that the font lacks', { name: '試験　\u{30EDE}' }],
    ['that is too long', { title: '窓口県汐見台市長'.repeat(12) }],
  ];

  test.each(heads)('with a mayor %s is refused whole, and says which field', async (_mayor, head) => {
    const settings = { ...shiomidai.settings, head: { ...shiomidai.settings.head, ...head } };
    const answer = await send({ ...shiomidai, eventNumber: eventNumber + 1, settings });
    expect([answer.status, answer.body.code]).toEqual([409, 'issuer-undrawable']);
    expect(answer.body.detail).toContain('issuer');
    expect((await (await visitOf('910101')).login()).members).toHaveLength(1);
  });

  test('is taken twice, but not with other entries under the same event number', async () => {
    await register(shiomidai.residents);
    expect((await send({ ...shiomidai, eventNumber })).status).toBe(200);
    const settings = { ...shiomidai.settings, contact: '市民課　窓口係' };
    expect((await send({ ...shiomidai, eventNumber, settings })).status).toBe(200);
    const other = await send({ ...shiomidai, eventNumber, residents: [...changed({ '910101': { name: '別　人' } })] });
    expect([other.status, other.body.code]).toEqual([409, 'event-number-used']);
  });
});
