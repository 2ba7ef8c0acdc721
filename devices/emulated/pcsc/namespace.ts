// A private pcscd: its own mount namespace, so that /run/pcscd is a directory of ours and
// no other driver is seen, and its own network namespace with nothing but a loopback, so
// that vpcd, which listens on every interface, listens where nobody is.
import { spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { driverPath, startDaemon, writeReaderConfiguration } from './daemon.js';
import type { Daemon, PcscdFault } from './daemon.js';
import { bareBash } from './bare-bash.js';
import { limits } from './limits.js';

/** How this user gets namespaces, and how the relay of a slot enters them. */
export type Isolation = { readonly unshare: readonly string[]; readonly enter: readonly string[] };

const asRoot: Isolation = { unshare: ['--mount', '--net'], enter: ['--net'] };
/** Without root: a user namespace in which this user is root (Debian allows it by default). */
const asUser: Isolation = {
  unshare: ['--map-root-user', '--mount', '--net'],
  enter: ['--user', '--net', '--preserve-credentials'],
};

/** Null: this machine (a container, mostly) gives no namespaces to this user, or has no `ip`. */
export async function findIsolation(): Promise<Isolation | null> {
  for (const isolation of [asRoot, asUser]) {
    if (await succeeds('unshare', [...isolation.unshare, 'sh', '-c', 'ip link set lo up && mount --bind /tmp /tmp'])) return isolation;
  }
  return null;
}

/** Out of a terminal's reach: a Ctrl-C is no machine without namespaces. */
function succeeds(file: string, parameters: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, parameters, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/**
 * vpcd writes a frame in two pieces and waits for the acknowledgement between them, which
 * costs 40 ms an APDU; `quickack` on the loopback routes takes that away. Where the kernel
 * refuses it, everything works, slowly. setpriv: no pcscd outlives the process that wanted it.
 * Its whole path, because /usr/sbin is not on the PATH of a Debian user.
 */
export const loopbackScript = `set -e
ip link set lo up
for route in 127.0.0.0/8 127.0.0.1; do
  ip route change local "$route" dev lo table local proto kernel scope host src 127.0.0.1 quickack 1 || true
done`;

const script = `${loopbackScript}
mount --bind "$1/drivers" /usr/lib/pcsc/drivers
mount --bind "$1/run" /run
exec setpriv --pdeathsig KILL /usr/sbin/pcscd --foreground --config "$1/reader.conf.d"`;

export function socketPathIn(directory: string): string {
  return join(directory, 'run', 'pcscd', 'pcscd.comm');
}

export async function prepareDirectory(directory: string): Promise<void> {
  const drivers = join(directory, 'drivers', 'serial');
  await mkdir(join(directory, 'run', 'pcscd'), { recursive: true });
  await mkdir(drivers, { recursive: true });
  await copyFile(driverPath, join(drivers, 'libifdvpcd.so'));
  await writeReaderConfiguration(join(directory, 'reader.conf.d'), limits.firstPort);
}

export async function startInNamespace(directory: string, isolation: Isolation, clock: Clock): Promise<Result<Daemon, PcscdFault>> {
  const command: [string, ...string[]] = ['unshare', ...isolation.unshare, ...bareBash, '-c', script, 'pcscd', directory];
  const daemon = await startDaemon({ command, socketPath: socketPathIn(directory), clock });
  return daemon.ok ? ok(daemon.value) : err(daemon.error);
}
