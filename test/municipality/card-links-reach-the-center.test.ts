// Which cards are whose: stored first, told to the center in order, and again until it answers.
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { limits } from '../../apps/municipality/src/limits.js';
import { Office } from './office.js';
import { Visit } from './visit.js';

let office: Office;
beforeEach(async () => {
  office = await Office.open({ register: shiomidai });
}, 60_000);
afterEach(async () => office.close());

async function link(residentNumber = '910101', usableFrom = office.now()): Promise<number> {
  const card = office.desk.issue();
  const body = { caKeyId: card.caKeyId, serial: card.serial, residentNumber, usableFrom };
  return (await supertest(office.managementUrl).post('/card-links').send(body)).status;
}

describe('a card link', () => {
  test('is signed, numbered upwards, and names nobody', async () => {
    await office.linkedCard('910101');
    const card = await office.linkedCard('910201');
    expect(office.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(office.taken[1]?.links).toMatchObject([{ caKeyId: card.caKeyId, serial: card.serial, change: 'linked' }]);
    expect(JSON.stringify(office.taken)).not.toContain('910201');
  });

  test('from a day that does not exist is refused, and nobody is told of it', async () => {
    expect(await link('910101', '2026-13-01T00:00:00Z')).toBe(400);
    expect(await link('910101', '2026-02-30T00:00:00Z')).toBe(400);
    expect(office.taken).toEqual([]);
  });

  test(
    'that the center does not take is told again, in order',
    async () => {
      let away = true;
      office.takeLinks = () => (away ? 503 : 200);
      const pending = Promise.all([link(), link()]);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(office.taken).toEqual([]);
      away = false;
      expect(await pending).toEqual([200, 200]);
      expect(office.taken.map(({ sequence }) => sequence)).toEqual([1, 2]);
    },
    limits.pushWaitMs + 10_000,
  );

  test('survives a restart before the center took it', async () => {
    office.takeLinks = () => 503;
    const answered = link();
    await expect.poll(() => office.logged.join()).toContain('card-links-not-taken');
    await office.stop();
    await answered.catch(() => 0);
    office.takeLinks = () => 200;
    await office.start();
    await expect.poll(() => office.taken.map(({ sequence }) => sequence)).toEqual([1]);
  }, 20_000);

  test('of somebody who is not registered is refused and not told', async () => {
    expect(await link('123')).toBe(404);
    expect(office.taken).toEqual([]);
  });
});

describe('a register file', () => {
  test('that is older than the register is refused', async () => {
    const older = { ...shiomidai, eventNumber: shiomidai.eventNumber - 1 };
    const answer = await supertest(office.managementUrl).post('/register').send(older);
    expect([answer.status, answer.body.code]).toEqual([409, 'older-than-stored']);
  });

  test('brings its card links along, once', async () => {
    const card = office.desk.issue();
    const cardLinks = [{ caKeyId: card.caKeyId, serial: card.serial, residentNumber: '910101', usableFrom: '2026-01-01T00:00:00Z' }];
    await office.importRegister({ ...shiomidai, cardLinks });
    await office.importRegister({ ...shiomidai, cardLinks });
    await expect.poll(() => office.taken.length).toBe(1);
    expect((await new Visit(office, card).login()).members).toHaveLength(1);
  });

  test('of another municipality, or one that breaks its own rules, is refused', async () => {
    const foreign = { ...shiomidai, municipality: { ...shiomidai.municipality, code: '992020' } };
    const twice = { ...shiomidai, residents: shiomidai.residents.slice(0, 1).flatMap((resident) => [resident, resident]) };
    const post = async (file: object): Promise<string> =>
      String((await supertest(office.managementUrl).post('/register').send(file)).body.code);
    expect(await post(foreign)).toBe('other-municipality');
    expect(await post(twice)).toBe('malformed-request');
    expect((await supertest(office.url).get('/health')).body.status).toBe('ok');
  });
});
