import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { hasConnectionTo, isTaken } from './taken.js';

it('reads the table of the kernel: connected to this port, by whichever address', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
  const line = (local: string, remote: string, state: string): string => `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000`;
  const table = (...lines: string[]): string => [head, ...lines, ''].join('\n');
  expect(hasConnectionTo(35963, table(line('0100007F:8C7B', '0100007F:D431', '01')))).toBe(true);
  expect(hasConnectionTo(35963, table(line('0000000000000000FFFF00000100007F:8C7B', '0000000000000000FFFF00000100007F:D431', '01')))).toBe(
    true,
  );
  expect(hasConnectionTo(80, table(line('0100007F:0050', '0100007F:D431', '01')))).toBe(true);
  // Listening, somebody else's port, the card's own end, a line that has closed.
  const others = [line('00000000:8C7B', '00000000:0000', '0A'), line('0100007F:8C7C', '0100007F:D431', '01')];
  const ended = [line('0100007F:D431', '0100007F:8C7B', '01'), line('0100007F:8C7B', '0100007F:D431', '06')];
  expect(hasConnectionTo(35963, table(...others, ...ended))).toBe(false);
  expect(hasConnectionTo(35963, '')).toBe(false);
});

it('sees who is connected on this machine', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await isTaken({ kind: 'connect', port })).toBe(false);
  const socket = connect({ host: '127.0.0.1', port });
  await new Promise((resolve) => socket.once('connect', resolve));
  expect(await isTaken({ kind: 'connect', port })).toBe(true);
  socket.destroy();
  server.close();
  expect(await isTaken({ kind: 'namespace', port, ofProcess: () => null, enter: [] })).toBe(false);
});
