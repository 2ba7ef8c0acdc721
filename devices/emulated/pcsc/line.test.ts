import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openLine } from './line.js';

const deaf = { onData: () => undefined };

it('leaves its signal as it was, however often the reader is not there', async () => {
  const { signal } = new AbortController();
  for (let line = 0; line < 12; line++) {
    expect((await openLine({ kind: 'connect', port: 1 }, { ...deaf, onClose: () => undefined }, signal)).ok).toBe(false);
  }
  await expect.poll(() => getEventListeners(signal, 'abort').length).toBe(0);
});

it('ends with its signal, before and after it was opened', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const ending = new AbortController();
  const closed = new Promise<void>((resolve) => {
    void openLine({ kind: 'connect', port }, { ...deaf, onClose: resolve }, ending.signal).then(() => ending.abort());
  });
  await closed;
  const late = await openLine({ kind: 'connect', port }, { ...deaf, onClose: () => undefined }, ending.signal);
  expect(late.ok).toBe(false);
  server.close();
});
