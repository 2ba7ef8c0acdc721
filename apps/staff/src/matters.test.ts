import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { start, type Started } from './start.js';

const id = '11111111-1111-4111-8111-111111111111';
const matter = {
  case: id,
  kiosk: 'KSK00001',
  session: '22222222-2222-4222-8222-222222222222',
  request: null,
  kind: 'print-uncertain',
  amountYen: 300,
  bankReference: '632700000001',
  inquiryNumber: '1234-5678',
  evidence: { code: 'print-uncertain', charge: 'posted' },
  time: '2026-11-23T00:00:00Z',
};
let folder: string;
let staff: Started;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-staff-'));
  const started = await start({
    demo: true,
    listen: { host: '127.0.0.1', port: 0 },
    database: { kind: 'sqlite', file: join(folder, 'staff.db') },
    kiosks: ['KSK00001'],
  });
  assert(!('error' in started), 'it starts');
  staff = started;
});
afterEach(async () => {
  await staff.close();
  rmSync(folder, { recursive: true });
});

const put = (body: object, at = id): request.Test => request(staff.url).put(`/v1/cases/${at}`).send(body);

it('takes a case as often as it is sent, lists it until it is closed, and closes it once', async () => {
  await put(matter).expect(200);
  await put(matter).expect(200);
  const open = await request(staff.url).get('/v1/open').expect(200);
  expect(open.body).toEqual({ calls: [], cases: [matter] });
  const closing = { outcome: 'refunded', staff: 'S-1001' };
  await request(staff.url).post(`/v1/cases/${id}/close`).send(closing).expect(200);
  await request(staff.url).post(`/v1/cases/${id}/close`).send(closing).expect(409);
  expect((await request(staff.url).get('/v1/open')).body.cases).toEqual([]);
  await put(matter).expect(200);
  expect((await request(staff.url).get('/v1/open')).body.cases).toEqual([]);
});

it('refuses other content under the same number', async () => {
  await put(matter).expect(200);
  const other = await put({ ...matter, amountYen: 1 }).expect(409);
  expect(other.body.code).toBe('other-content');
});

it.each([
  { what: 'a kiosk that is not of this branch', body: { ...matter, kiosk: 'KSK99999' }, at: id, status: 403 },
  { what: 'a body under another number', body: matter, at: '33333333-3333-4333-8333-333333333333', status: 400 },
  { what: 'a malformed body', body: { ...matter, extra: 1 }, at: id, status: 400 },
  { what: 'a malformed number', body: matter, at: 'x', status: 400 },
])('refuses $what', async ({ body, at, status }) => {
  const answer = await put(body, at).expect(status);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(JSON.stringify(answer.body)).not.toContain('stack');
});

it('refuses a closing without a stated outcome', async () => {
  await put(matter).expect(200);
  await request(staff.url).post(`/v1/cases/${id}/close`).send({ outcome: 'worked on retry', staff: 'S-1001' }).expect(400);
});
