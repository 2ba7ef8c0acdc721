// The same visit where a user has outgrown the embedded parts: servers on PostgreSQL, their
// workers woken by Bull on Redis. And where there is no PC/SC: the card wired in process.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newDatabase, startPostgres, startRedis, type RunningRedis, type RunningServer } from '../world/databases.js';
import { endOf, Journey } from './journey.js';
import { limits } from './limits.js';

let postgres: RunningServer;
let redis: RunningRedis;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
}, limits.openTimeoutMs);
afterAll(async () => {
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

const variants = [
  {
    name: 'PostgreSQL, Redis and pcscd',
    open: () => Journey.open({ postgresUrl: () => newDatabase(postgres.url), redisUrl: redis.url }),
    said: { database: 'sqlite (kiosk), postgresql (servers)', queue: 'bull on redis', card: /^pcscd and vpcd/ },
  },
  {
    name: 'SQLite, timers and the card in process',
    open: () => Journey.open({ cardReader: 'direct' }),
    said: { database: 'sqlite', queue: 'timer', card: /^in process, without pcscd/ },
  },
];

describe.each(variants)('on $name', ({ open, said }) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await open();
    return () => journey.close();
  }, limits.openTimeoutMs);

  it('says what it runs on', () => {
    const { database, queue, card } = journey.branch.parts;
    expect({ database, queue }).toEqual({ database: said.database, queue: said.queue });
    expect(card).toMatch(said.card);
  });

  it('one goes home with the sheets, another is refused', { timeout: 2 * limits.visitTimeoutMs }, async () => {
    const family = await journey.visit('gonin-kazoku');
    expect(family.end).toMatchObject({ screen: 'thank-you', data: { money: { state: 'charged', feeYen: 300 } } });
    expect([family.takenYen, family.pages]).toEqual([300, 2]);
    await journey.untilCopiesAre(family.request, 'delivered');
    const protectedOne = await journey.visit('shien-sochi');
    expect(endOf(protectedOne)).toMatchObject({ code: 'go-to-counter', money: { state: 'nothing-charged' } });
    expect(protectedOne.ledger).toEqual([]);
  });

  it('a jam gives the money back', { timeout: limits.visitTimeoutMs }, async () => {
    const { printer } = journey.branch.bench;
    const onScreen = ({ screen }: { screen: string }): void => {
      if (screen === 'take-cash-card') printer.setFault('jam-before-first-sheet');
    };
    const visited = await journey.visit('gonin-kazoku', { onScreen, settleTimeoutMs: limits.untilTimeoutMs });
    expect(endOf(visited)).toMatchObject({ code: 'not-printed', money: { state: 'given-back', feeYen: 300 } });
    expect(visited.takenYen).toBe(0);
    await journey.untilCopiesAre(visited.request, 'voided');
  });
});
