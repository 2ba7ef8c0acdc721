import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { systemClock, toInstant, type Clock } from '#libs/std/clock.js';
import { checkListener, checkNeighbour, checkRedis, findTcpFault, isLoopback } from './probes.js';

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

function portOf(server: { address(): unknown }): number {
  const address = server.address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}

/** A server that answers everything with this text. */
async function answering(text: string): Promise<string> {
  const server: Server = createServer((_request, response) => response.end(text));
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server)}`;
}
const health = (part: string, status = 'ok', nowMs = Date.now()): string => JSON.stringify({ status, part, time: toInstant(nowMs) });
const neighbour = (url: string): Parameters<typeof checkNeighbour>[0] => ({ about: 'staff', part: 'staff', url, key: 'staff.url' });
const ahead = (ms: number): Clock => ({ ...systemClock, nowMs: () => systemClock.nowMs() + ms });

it('is content with the right part, well and of our time', async () => {
  const [finding, ...more] = await checkNeighbour(neighbour(await answering(health('staff'))), systemClock);
  expect(finding).toMatchObject({ status: 'ok' });
  expect(more).toEqual([]);
});

it.each([
  ['another part', health('municipality'), 'is the municipality; expected the staff: start it, or correct staff.url.'],
  ['a part that is not well', health('staff', 'degraded'), 'says "degraded"; expected "ok"'],
  ['something else', '<html>', 'nobody answers as a part of Madoguchi'],
  ['JSON of something else', '{"status":"up"}', 'not a part of Madoguchi'],
])('names %s', async (_what, text, said) => {
  const [finding] = await checkNeighbour(neighbour(await answering(text)), systemClock);
  expect(finding?.status).toBe('fault');
  expect(finding?.sentence).toContain(said);
});

it('lets clocks be 55 s apart and not 65 s, either way', async () => {
  const url = await answering(health('staff'));
  for (const seconds of [55, -55]) expect((await checkNeighbour(neighbour(url), ahead(seconds * 1000)))[0]?.status).toBe('ok');
  for (const [seconds, word] of [
    [65, 'behind'],
    [-65, 'ahead of'],
  ] as const) {
    const [finding] = await checkNeighbour(neighbour(url), ahead(seconds * 1000));
    expect(finding?.status).toBe('fault');
    expect(finding?.sentence).toMatch(new RegExp(`is 6[456] s ${word} ours; expected at most 60 s: set both by NTP`));
  }
});

it('tells a port that is free from one that is taken and an address that is not ours', async () => {
  const holder = createTcpServer();
  open.push(holder);
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const at = { host: '127.0.0.1', port: portOf(holder) };
  expect(await findTcpFault(at)).toBeNull();
  expect((await checkListener({ about: 'listener', at, isRunning: false }))[0]?.sentence).toContain('EADDRINUSE');
  expect((await checkListener({ about: 'listener', at, isRunning: true }))[0]?.status).toBe('ok');
  const foreign = await checkListener({ about: 'listener', at: { host: '192.0.2.1', port: at.port }, isRunning: false });
  expect(foreign[0]).toMatchObject({ status: 'fault', sentence: expect.stringContaining('EADDRNOTAVAIL') });
  const open0 = await checkListener({ about: 'listener', at: { host: '0.0.0.0', port: 0 }, isRunning: false });
  expect(open0.map((finding) => finding.status)).toEqual(['note', 'note']);
  expect(open0[0]?.sentence).toContain('another port at each start');
});

it('looks at Redis where there is one, and never shows its password', async () => {
  expect(await checkRedis(undefined)).toEqual([]);
  const [finding] = await checkRedis('redis://user:c4n4ry@127.0.0.1:1');
  expect(finding?.status).toBe('fault');
  expect(finding?.sentence).not.toContain('c4n4ry');
});

it('knows loopback', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', 'localhost'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '192.0.2.1', 'center.example'].some(isLoopback)).toBe(false);
});
