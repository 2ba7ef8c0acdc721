// `insertCard` puts a card into the machine's own pcscd, where any card program finds it.
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { fixtureCard } from '#devices/emulated/id-card/fixture.js';
import { insertCard } from '#devices/emulated/insert-card.js';
import { canConnect } from '#devices/emulated/pcsc/daemon.js';
import { machineSocketPath } from '#devices/emulated/pcsc/machine.js';
import { systemClock as clock } from '#libs/std/clock.js';
import { storyTimeoutMs, takeMachinePcscd } from './machine.js';

async function run(...parameters: string[]): Promise<string> {
  const environment = { ...process.env };
  delete environment['PCSCLITE_CSOCK_NAME'];
  return (await promisify(execFile)('opensc-tool', parameters, { env: environment })).stdout;
}

function isReachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(socket.destroy().destroyed));
    socket.once('error', () => resolve(false));
  });
}

it(
  'puts a card into each slot of the machine, and listens nowhere on its own account',
  async () => {
    const lock = await takeMachinePcscd();
    const wasRunning = await canConnect(machineSocketPath);
    const first = await insertCard({ card: fixtureCard(), slot: 1, clock });
    const second = await insertCard({ card: fixtureCard({ interface: 'contactless' }), slot: 2, clock });
    expect([first.ok && first.value.readerName, second.ok && second.value.readerName]).toEqual(['Virtual PCD 00 00', 'Virtual PCD 00 01']);
    const third = await insertCard({ card: fixtureCard(), slot: 1, clock });
    expect(third).toEqual({ ok: false, error: { code: 'slot-occupied', detail: 'Virtual PCD 00 00' } });
    await clock.sleep(600);
    expect(await run('--reader', 'Virtual PCD 00 00', '-n')).toBe('jpki\n');
    expect(await run('--reader', 'Virtual PCD 00 01', '-a')).toContain('3b:88:80:01');
    expect(wasRunning || !(await isReachable(35963))).toBe(true);
    if (second.ok) await second.value.remove();
    if (first.ok) await first.value.remove();
    expect(await canConnect(machineSocketPath)).toBe(wasRunning);
    await lock.unlock();
  },
  storyTimeoutMs,
);
