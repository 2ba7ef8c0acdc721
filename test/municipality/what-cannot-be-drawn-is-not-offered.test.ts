// A character or a length that the paper refuses is found at the login, with everything the
// offer would allow; so the step at which somebody is refused says nothing about the reason.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import type { Resident } from '#libs/contract/register.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

const noGlyph = '\u{30EDE}';
const changes: Readonly<Record<string, Partial<Resident>>> = {
  // Alone, and a field that is printed on request only.
  '910101': { domicile: `窓口県汐見台市${noGlyph}町１番地` },
  // The wife of a household of four.
  '910202': { name: `架空　${noGlyph}` },
  // The head of a household of five: the name stands in 世帯主, too.
  '910301': { name: `${noGlyph}　灯` },
};

let office: Office;
beforeAll(async () => {
  const residents = shiomidai.residents.map((resident) => ({ ...resident, ...changes[resident.residentNumber] }));
  office = await Office.open({ register: { ...shiomidai, residents } });
}, 60_000);
afterAll(async () => office.close());

const visitOf = async (residentNumber: string): Promise<Visit> => new Visit(office, await office.linkedCard(residentNumber));
const reasonsOf = async (residentNumber: string): Promise<readonly string[]> =>
  (await office.refusals())
    .filter((row) => row.residentNumber === residentNumber)
    .map(({ step, reason, detail }) => `${step} ${reason} ${detail}`);

describe('a glyph that the font lacks', () => {
  test('in the asker’s own entry ends at the login, even in a field that they might not have asked for', async () => {
    await expect((await visitOf('910101')).login()).rejects.toThrow('go-to-counter');
    expect(await reasonsOf('910101')).toEqual(['login glyph-missing people[0].domicile U+30EDE']);
  });

  test('in the entry of another member leaves the asker alone, as every withheld member does; and that can be had', async () => {
    const visit = await visitOf('910201');
    const offer = await visit.login();
    expect(offer.members.map(({ isAsker, relationship }) => [isAsker, relationship])).toEqual([[true, '']]);
    expect(offer.items[0]).toMatchObject({ scopes: ['part'], allows: { relationship: false } });
    expect(await reasonsOf('910201')).toEqual(['login member-glyph-missing entry of 910202: people[1].name U+30EDE']);
    expect((await visit.open(await visit.request(visit.requestStatement(offer)))).pdfs).toHaveLength(1);
  });

  test('in the name of the head is no obstacle for a member who is offered alone', async () => {
    await expect((await visitOf('910301')).login()).rejects.toThrow('go-to-counter');
    expect((await (await visitOf('910302')).login()).members).toHaveLength(1);
  });
});
