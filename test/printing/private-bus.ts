// ippeveprinter of CUPS announces itself over DNS-SD and wants a system bus with an
// avahi-daemon on it, even with `-r off`. Both are started here for one suite: the bus on
// a socket in a directory of its own, avahi in a network and mount namespace of its own,
// where only loopback exists, so that nothing is announced and no running one is touched.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#libs/std/clock.js';
import { limits } from './limits.js';

export interface PrivateBus {
  /** For DBUS_SYSTEM_BUS_ADDRESS. */
  readonly address: string;
  close(): Promise<void>;
}

const busConfiguration = (socket: string): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy>
</busconfig>`;

const avahiConfiguration =
  '[server]\nhost-name=madoguchi-test\nallow-interfaces=lo\nuse-ipv6=no\nenable-dbus=yes\n[publish]\ndisable-publishing=no\n';

/** `directory` exists and is emptied by the caller. Rejects when a program is missing. */
export async function startPrivateBus(directory: string): Promise<PrivateBus> {
  const socket = join(directory, 'bus');
  const busFile = join(directory, 'bus.conf');
  const avahiFile = join(directory, 'avahi.conf');
  await writeFile(busFile, busConfiguration(socket));
  await writeFile(avahiFile, avahiConfiguration);
  const bus = await startProgram('dbus-daemon', [`--config-file=${busFile}`, '--nofork', '--nopidfile']);
  await waitFor('the private bus', () => exists(socket));
  const address = `unix:path=${socket}`;
  const namespaces = [...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--mount', '--net', '--propagation', 'private'];
  // Its pid file has a fixed place, so it gets a /run of its own.
  const start = `mount -t tmpfs none /run && exec avahi-daemon -f '${avahiFile}' --no-drop-root --no-chroot --no-rlimits`;
  const avahi = await startProgram('unshare', [...namespaces, 'sh', '-c', start], { DBUS_SYSTEM_BUS_ADDRESS: address });
  await waitFor('avahi-daemon', () => Promise.resolve(avahi.output().includes('Server startup complete')));
  return {
    address,
    close: async () => {
      await avahi.close();
      await bus.close();
    },
  };
}

export interface Program {
  /** Both streams so far. */
  output(): string;
  hasEnded(): boolean;
  /** Ends it by its pid and waits until it has ended. */
  close(): Promise<void>;
}

export async function startProgram(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child: ChildProcess = spawn(command, parameters, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  child.once('exit', () => (ended = true));
  await once(child, 'spawn');
  return {
    output: () => output,
    hasEnded: () => ended,
    close: async () => {
      if (ended) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

export async function waitFor(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = systemClock.monotonicMs() + limits.startTimeoutMs;
  while (!(await isTrue())) {
    if (systemClock.monotonicMs() > deadlineMs) throw new Error(`${what} did not start in ${limits.startTimeoutMs} ms`);
    await systemClock.sleep(limits.startPollMs);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
