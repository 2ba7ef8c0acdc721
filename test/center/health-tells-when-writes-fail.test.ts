// A disk that takes nothing can still be read: a part that looked only there would say that
// all is well while every session, request and case is refused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { start as startStaff, type Started as Staff } from '../../apps/staff/src/start.js';
import { assert } from '#libs/std/assert.js';
import { giveRoom, takeRoom } from '../world/disk-room.js';
import { kiosk } from './now.js';
import { Whole } from './whole.js';

const shiomidai = '991015';
const parts = ['center', `municipality-${shiomidai}`, 'staff'] as const;

let folder: string;
let whole: Whole;
let staff: Staff;
const fileOf = (part: string): string => join(folder, `${part}.sqlite`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-health-'));
  whole = await Whole.open({ databaseOf: async (part) => ({ kind: 'sqlite', file: fileOf(part) }) });
  const database = { kind: 'sqlite', file: fileOf('staff') } as const;
  const started = await startStaff({ demo: true, listen: { host: '127.0.0.1', port: 0 }, database, kiosks: [kiosk] });
  assert(!('error' in started), 'the staff part starts');
  staff = started;
}, 120_000);
afterAll(async () => {
  giveRoom(process.pid);
  await staff.close();
  await whole.close();
  rmSync(folder, { recursive: true, force: true });
});

async function statuses(): Promise<readonly string[]> {
  const urls = [whole.center?.url ?? '', whole.towns.get(shiomidai)?.url ?? '', staff.url];
  return Promise.all(urls.map(async (url) => String((await supertest(url).get('/health').expect(200)).body.status)));
}

const all = (status: string): readonly string[] => parts.map(() => status);

test('every part is degraded while its disk takes nothing, and well again when it does', async () => {
  expect(await statuses()).toEqual(all('ok'));
  takeRoom(process.pid, ...parts.map(fileOf));
  await expect.poll(statuses, { timeout: 10_000, interval: 200 }).toEqual(all('degraded'));
  giveRoom(process.pid);
  await expect.poll(statuses, { timeout: 10_000, interval: 200 }).toEqual(all('ok'));
});
