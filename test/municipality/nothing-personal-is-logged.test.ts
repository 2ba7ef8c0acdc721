// Long canaries in every personal field of everybody: none of them is in a log, in the
// tables of an issuance, in an answer that is not encrypted, or on standard error.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import supertest from 'supertest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { RegisterFile, Resident } from '#libs/contract/register.js';
import { Office } from './office.js';
import { choiceOf, Visit } from './visit.js';

const canary = (field: string, number: string): string => `ｶﾅﾘｱ${field}${number}ｶﾅﾘｱ`;
const everybody: readonly string[] = ['910101', '910201', '910501', '930301', '930401'];

function withCanaries(resident: Resident): Resident {
  const { residentNumber } = resident;
  return {
    ...resident,
    name: canary('氏名', residentNumber),
    nameReading: canary('振仮名', residentNumber),
    formerName: canary('旧氏', residentNumber),
    address: { line: canary('住所', residentNumber), building: null },
    domicile: canary('本籍', residentNumber),
    headOfFamilyRegister: canary('筆頭者', residentNumber),
    addressBeforeMovingIn: canary('前住所', residentNumber),
  };
}

const register: RegisterFile = { ...shiomidai, residents: shiomidai.residents.map(withCanaries) };
const personal = register.residents.flatMap(({ residentNumber, myNumber }) => [residentNumber, myNumber ?? '']);
const written: string[] = [];
const outside: string[] = [];
let office: Office;
const serials: string[] = [];

beforeAll(async () => {
  const keep = (chunk: string | Uint8Array): boolean => written.push(chunk.toString()) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  office = await Office.open({ register });
  for (const residentNumber of everybody) await walkThrough(residentNumber);
  outside.push(
    (
      await supertest(office.url)
        .post('/v1/logins')
        .send({ name: canary('本文', '1') })
    ).text,
  );
  outside.push(
    (
      await supertest(office.managementUrl)
        .post('/register')
        .send({ ...register, eventNumber: 'x' })
    ).text,
  );
  vi.restoreAllMocks();
}, 120_000);
afterAll(async () => office.close());

async function walkThrough(residentNumber: string): Promise<void> {
  const card = await office.linkedCard(residentNumber);
  serials.push(card.serial);
  const visit = new Visit(office, card);
  const login = await visit.postLogin(await visit.forward(visit.loginStatement()));
  outside.push(login.text);
  if (login.status !== 200) return;
  const offer = await visit.readOffer(login);
  const choice = choiceOf(offer, { domicile: true, myNumber: true });
  const answer = await visit.request(visit.requestStatement(offer, { choice }));
  outside.push(answer.text);
  if (answer.status === 200) outside.push((await visit.tell(await visit.open(answer), ['delivered'])).text);
}

/** Everything that is stored about issuing; the registers themselves are beside it. */
async function storedText(): Promise<string> {
  return office.inDatabase(async (store) => {
    const tables = ['offers', 'requests', 'copies', 'refusals', 'card_link_pushes'];
    const rows = await Promise.all(tables.map(async (table) => JSON.stringify(await store.read.query(`SELECT * FROM "${table}"`))));
    return rows.join();
  });
}

describe('a canary', () => {
  test('was really there: issued, refused, and logged about', () => {
    expect(outside.filter((text) => text.includes('bundle'))).toHaveLength(3);
    expect(outside.filter((text) => text.includes('go-to-counter'))).toHaveLength(2);
    expect(office.logged.length).toBeGreaterThan(5);
  });

  test('is in no log line and in nothing that the process wrote', () => {
    const said = [...office.logged, ...written].join();
    expect(said).not.toContain('ｶﾅﾘｱ');
    for (const value of [...personal, ...serials]) expect(said).not.toContain(value);
  });

  test('is in no answer', () => {
    expect(outside.join()).not.toContain('ｶﾅﾘｱ');
    for (const value of [...personal, ...serials]) expect(outside.join()).not.toContain(value);
  });

  test('is in no table of an issuance: numbers of the register are, names and My Numbers are not', async () => {
    const text = await storedText();
    expect(text).toContain('910101');
    expect(text).not.toContain('ｶﾅﾘｱ');
    for (const { myNumber } of register.residents) expect(text).not.toContain(myNumber);
  });
});
