import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findTaken } from './machine-slot.js';
import { describeProcess, findSlotHolder, isListening, parentOf } from './slot-holder.js';

const server = createServer((socket) => socket.on('error', () => socket.destroy()));
let port: number;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const me = `process ${process.pid} (`;

it('knows nobody where nobody is', async () => {
  expect(isListening({ kind: 'connect', port })).toBe(true);
  expect(findSlotHolder({ kind: 'connect', port })).toBeNull();
  expect(await findTaken(1, { kind: 'connect', port })).toBeNull();
  const nowhere = { kind: 'namespace', port, ofProcess: () => null, enter: [] } as const;
  expect([isListening(nowhere), findSlotHolder(nowhere)]).toEqual([false, null]);
});

it('names the process that has the line, also through a network that is reached by process', async () => {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  expect(findSlotHolder({ kind: 'connect', port })).toContain(me);
  expect(findSlotHolder({ kind: 'namespace', port, ofProcess: () => process.pid, enter: [] })).toContain(me);
  const taken = await findTaken(2, { kind: 'connect', port });
  expect(taken).toMatch(/^slot 2 \(Virtual PCD 00 01\) is taken: another card is in it, put in by process \d+ \(.+\)\. /);
  expect(taken).toContain('or use --slot 1.');
  const closed = once(socket, 'close');
  socket.destroy();
  await closed;
});

it('names who stands behind programs that only pass bytes on', async () => {
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const relay = spawn('bash', ['-c', 'exec 3<>"/dev/tcp/127.0.0.1/$1"; cat <&3 & cat', 'relay', String(port)]);
  const line = await accepted;
  expect(findSlotHolder({ kind: 'connect', port })).toContain(me);
  expect(parentOf(relay.pid ?? 0)).toBe(process.pid);
  const gone = once(relay, 'close');
  relay.stdin.end();
  line.destroy();
  await gone;
});

it('says nothing of a process that is gone', () => {
  expect(describeProcess(2 ** 22 + 1)).toBeNull();
  expect(parentOf(1)).toBeNull();
});
