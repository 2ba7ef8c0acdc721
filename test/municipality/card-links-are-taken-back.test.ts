// Who takes a card link back: the register file, for what a file brought and for whoever has
// left; the card desk, for a card that was lost. And what the desk hears when the center is
// there but refuses.
import supertest, { type Response } from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { limits } from '../../apps/municipality/src/limits.js';
import type { CardLink, RegisterFile } from '#libs/contract/register.js';
import type { Card } from './cards.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

let office: Office;
beforeEach(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterEach(async () => office.close());

const linkOf = ({ caKeyId, serial }: Card, residentNumber: string): CardLink => ({
  caKeyId,
  serial,
  residentNumber,
  usableFrom: '2026-01-01T00:00:00Z',
});
const file = (events: number, changes: Partial<RegisterFile> = {}): RegisterFile => ({
  ...shiomidai,
  eventNumber: shiomidai.eventNumber + events,
  ...changes,
});
const told = (card: Card): readonly string[] =>
  office.taken.flatMap(({ links }) => links.filter(({ serial }) => serial === card.serial).map(({ change }) => change));
const unlink = async ({ caKeyId, serial }: Card): Promise<Response> =>
  supertest(office.managementUrl).post('/card-unlinks').send({ caKeyId, serial });

describe('a register file', () => {
  test('takes back what an earlier file brought and it no longer has, and nothing that only the desk said', async () => {
    const [brought, desk] = [office.desk.issue(), await office.linkedCard('910201')];
    await office.importRegister(file(1, { cardLinks: [linkOf(brought, '910101')] }));
    await office.importRegister(file(2));
    await expect.poll(() => told(brought)).toEqual(['linked', 'unlinked']);
    expect(told(desk)).toEqual(['linked']);
    await expect(new Visit(office, brought).login()).rejects.toThrow('go-to-counter');
    expect((await new Visit(office, desk).login()).members).toHaveLength(4);
    expect((await office.refusals()).map(({ residentNumber, reason }) => [residentNumber, reason])).toEqual([['910101', 'card-unlinked']]);
  });

  test('takes back the links of whoever has moved out or is not in it any more, and keeps those of the dead', async () => {
    const [mover, gone, dead] = [await office.linkedCard('910101'), await office.linkedCard('910201'), await office.linkedCard('910301')];
    const residents = shiomidai.residents
      .filter(({ residentNumber }) => residentNumber !== '910201')
      .map((one) => (one.residentNumber === '910101' ? { ...one, status: 'moved-out' as const } : one))
      .map((one) => (one.residentNumber === '910301' ? { ...one, status: 'dead' as const } : one));
    await office.importRegister(file(1, { residents }));
    await expect
      .poll(() => [told(mover), told(gone)])
      .toEqual([
        ['linked', 'unlinked'],
        ['linked', 'unlinked'],
      ]);
    expect(told(dead)).toEqual(['linked']);
  });

  test('that comes again, as at every start, neither takes back what the desk linked nor gives back what was lost', async () => {
    const [desk, lost] = [await office.linkedCard('910101'), office.desk.issue()];
    const same = file(1, { cardLinks: [linkOf(lost, '910201')] });
    await office.importRegister(same);
    expect((await unlink(lost)).status).toBe(200);
    await office.importRegister(same);
    await office.importRegister({ ...same, eventNumber: same.eventNumber + 1 });
    await office.linkedCard('910301');
    expect([told(desk), told(lost)]).toEqual([['linked'], ['linked', 'unlinked']]);
    await expect(new Visit(office, lost).login()).rejects.toThrow('go-to-counter');
  });
});

describe('the card desk', () => {
  test('unlinks a lost card, and links it again when it is found', async () => {
    const card = await office.linkedCard('910101');
    expect((await unlink(card)).body).toEqual({ sequence: 2 });
    await expect(new Visit(office, card).login()).rejects.toThrow('go-to-counter');
    expect((await supertest(office.managementUrl).post('/card-links').send(linkOf(card, '910101'))).status).toBe(200);
    expect((await new Visit(office, card).login()).members).toHaveLength(1);
    expect(told(card)).toEqual(['linked', 'unlinked', 'linked']);
    expect((await unlink(office.desk.issue())).body).toMatchObject({ status: 404, code: 'no-such-card' });
  });

  test(
    'is told that the center refuses, where it answers',
    async () => {
      office.takeLinks = () => 401;
      const card = office.desk.issue();
      const answer = await supertest(office.managementUrl).post('/card-links').send(linkOf(card, '910101'));
      expect(answer.body).toMatchObject({ status: 502, code: 'center-refused' });
    },
    limits.pushWaitMs + 10_000,
  );
});
