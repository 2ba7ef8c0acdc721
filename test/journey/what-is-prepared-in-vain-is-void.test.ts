// A visit that ends while its certificate is being made (DESIGN §4, "abort and void"): nothing
// is charged, and the municipality's register does not go on saying that a copy is prepared.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { systemClock } from '#libs/std/clock.js';
import type { PartProcess } from '../../apps/demo/src/part-process.js';
import { openScreen } from '../../apps/demo/src/screen-client.js';
import { endOf, Journey } from './journey.js';
import { limits } from './limits.js';

const citizen = 'hitori-gurashi';
const options = { timeout: 2 * limits.visitTimeoutMs };

let journey: Journey;
beforeAll(async () => {
  journey = await Journey.open();
}, limits.openTimeoutMs);
afterAll(() => journey?.close());

function part(name: string): PartProcess {
  const found = [...journey.branch.processes.values()].find((candidate) => candidate.name === name);
  assert(found !== undefined, `there is a ${name}`);
  return found;
}

/** A process that hangs: its sockets are open and nothing answers. */
function hang(name: string): () => void {
  const { pid } = part(name);
  process.kill(pid, 'SIGSTOP');
  return () => void process.kill(pid, 'SIGCONT');
}

it('stopped while the municipality hangs: whatever it makes afterwards is void', options, async () => {
  let goOn = (): void => undefined;
  const gone = await journey.visit(citizen, {
    onScreen: async ({ screen, sequence }) => {
      if (screen === 'take-card') goOn = hang('municipality-991015');
      if (screen === 'preparing') await press('stop', sequence);
    },
  });
  expect(endOf(gone)).toMatchObject({ code: 'stopped', money: { state: 'nothing-charged' } });
  goOn();
  await nothingStaysPrepared(gone.request);
  await nextPersonIsServed();
});

it('the center killed while the municipality prepares: the center that comes back passes the end on', options, async () => {
  let goOn = (): void => undefined;
  const gone = await journey.visit(citizen, {
    onScreen: async ({ screen }) => {
      if (screen === 'take-card') goOn = hang('municipality-991015');
      if (screen !== 'preparing') return;
      await requestIsUnderWay();
      await part('issuance-center').kill();
    },
  });
  expect(endOf(gone)).toMatchObject({ code: 'center-unreachable', money: { state: 'nothing-charged' } });
  goOn();
  await journey.untilCopiesAre(gone.request, 'prepared');
  await journey.branch.restart('issuance-center');
  await nothingStaysPrepared(gone.request);
  await journey.untilCopiesAre(gone.request, 'voided');
  await nextPersonIsServed();
});

it('the kiosk killed before it has read the answer: it says so when it comes back', options, async () => {
  let request: string | null = null;
  let goOn = (): void => undefined;
  const dark = await journey.visit(citizen, {
    onScreen: async ({ screen }) => {
      if (screen === 'take-card') goOn = hang('municipality-991015');
      if (screen !== 'preparing') return;
      request = await requestIsUnderWay();
      const kiosk = part('kiosk');
      hang('kiosk');
      goOn();
      await journey.untilCopiesAre(request, 'prepared');
      await kiosk.kill();
    },
  });
  expect(dark.end).toBeNull();
  await journey.branch.restart('kiosk');
  await nothingStaysPrepared(request);
  await journey.untilCopiesAre(request, 'voided');
  await nextPersonIsServed();
});

function municipalityUrl(): string {
  const url = journey.branch.addresses.municipalities.get('991015');
  assert(url !== undefined, 'the branch has this municipality');
  return url;
}

async function press(type: 'stop', sequence: number): Promise<void> {
  const screen = await openScreen(journey.branch.kioskUrl);
  await screen.act({ type, sequence });
  screen.close();
}

const rowSchema = z.object({ request: z.string(), state: z.string() });

function inCentersTable(table: 'requests' | 'outcomes'): z.infer<typeof rowSchema>[] {
  const database = new Database(join(journey.branch.folder, 'issuance-center.db'), { readonly: true });
  const rows = z.array(rowSchema).parse(database.prepare(`SELECT request, state FROM ${table}`).all());
  database.close();
  return rows;
}

const known = new Set<string>();

/** Whether something has arrived at a loopback port that its process has not read (proc(5), /proc/net/tcp: rx_queue). */
function bytesWaitAt(url: string): boolean {
  const local = `0100007F:${Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return sockets.some(([, at, , state, queues]) => at === local && state === '01' && !/:0+$/.test(queues ?? ''));
}

/** The center has written a new request down and handed it on; the municipality hangs, so nobody has an answer to it yet. */
async function requestIsUnderWay(): Promise<string> {
  let request: string | null = null;
  await journey.until('the request at the center', async () => {
    request = inCentersTable('requests').find((row) => !known.has(row.request))?.request ?? null;
    return request !== null;
  });
  assert(request !== null, 'a request is under way');
  // Between the two the center asks for the card's revocation: killed in there, it would have handed on nothing.
  await journey.until('the request at the door of the municipality', async () => bytesWaitAt(municipalityUrl()));
  return request;
}

/** The kiosk's word has arrived where it counts. */
async function nothingStaysPrepared(request: string | null): Promise<void> {
  const passedOn = async (): Promise<boolean> =>
    inCentersTable('outcomes').some((outcome) => outcome.request === request && outcome.state === 'passed-on');
  await journey.until('the word of the kiosk at the municipality', passedOn);
  await systemClock.sleep(500);
  expect((await journey.copies(request)).filter(({ state }) => state !== 'voided')).toEqual([]);
}

async function nextPersonIsServed(): Promise<void> {
  const next = await journey.visit(citizen);
  for (const { request } of inCentersTable('requests')) known.add(request);
  expect(next.end?.screen).toBe('thank-you');
  expect(await journey.untilOneSlip()).toMatch(/^領収書/);
}
