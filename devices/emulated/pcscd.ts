// A pcscd for one demo branch or one test: a private one in namespaces of its own where
// the machine allows that, else the machine's own under a lock.
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { driverPath, readerNames } from './pcsc/daemon.js';
import type { PcscdFault } from './pcsc/daemon.js';
import { limits } from './pcsc/limits.js';
import type { SlotEndpoint } from './pcsc/line.js';
import { lockMachinePcscd, useMachinePcscd } from './pcsc/machine.js';
import { findIsolation, prepareDirectory, socketPathIn, startInNamespace } from './pcsc/namespace.js';
import type { Isolation } from './pcsc/namespace.js';

export type { PcscdFault } from './pcsc/daemon.js';

export type PcscdRun = {
  readonly arrangement: 'namespace' | 'machine';
  /** For every client process, set before it first talks to PC/SC: libpcsclite reads it once. */
  readonly env: Readonly<Record<string, string>>;
  /** Slot 1 takes the My Number Card, slot 2 the cash card. */
  readonly slots: readonly [SlotEndpoint, SlotEndpoint];
  readonly readerNames: readonly [string, string];
  stop(): Promise<void>;
};

/** What only a private one can be put through: tests of readers that vanish. */
export type PrivatePcscdRun = PcscdRun & {
  readonly arrangement: 'namespace';
  /** The directory holding `reader.conf.d`; a changed configuration is read again on SIGUSR1. */
  readonly directory: string;
  processId(): number | null;
  /** Ends the daemon as a crash would; slots keep their cards. */
  kill(): Promise<void>;
  /** Starts it again in the same place. */
  restart(): Promise<Result<void, PcscdFault>>;
};

export async function startPcscd(options: { readonly clock: Clock }): Promise<Result<PcscdRun, PcscdFault>> {
  const isPrivate = await startPrivatePcscd(options);
  if (isPrivate.ok || isPrivate.error.code !== 'namespace-refused') return isPrivate;
  const lock = await lockMachinePcscd(options.clock);
  if (!lock.ok) return lock;
  const machine = await useMachinePcscd(options.clock);
  if (!machine.ok) {
    await lock.value.unlock();
    return machine;
  }
  const stop = async (): Promise<void> => {
    await machine.value.stop();
    await lock.value.unlock();
  };
  return ok({ arrangement: 'machine', env: {}, slots: machine.value.slots, readerNames, stop });
}

export async function startPrivatePcscd(options: { readonly clock: Clock }): Promise<Result<PrivatePcscdRun, PcscdFault>> {
  if (!(await exists('/usr/sbin/pcscd'))) return err({ code: 'pcscd-not-installed', detail: '/usr/sbin/pcscd' });
  if (!(await exists(driverPath))) return err({ code: 'vpcd-not-installed', detail: driverPath });
  const isolation = await findIsolation();
  if (isolation === null) return err({ code: 'namespace-refused', detail: 'unshare --mount --net is not allowed here' });
  const directory = await mkdtemp(join(tmpdir(), 'madoguchi-pcscd-'));
  await prepareDirectory(directory);
  return runPrivately(directory, isolation, options.clock);
}

async function runPrivately(directory: string, isolation: Isolation, clock: Clock): Promise<Result<PrivatePcscdRun, PcscdFault>> {
  const removeDirectory = (): Promise<void> => rm(directory, { recursive: true, force: true });
  let daemon = await startInNamespace(directory, isolation, clock);
  if (!daemon.ok) {
    await removeDirectory();
    return daemon;
  }
  const processId = (): number | null => (daemon.ok && !daemon.value.hasEnded() ? daemon.value.processId : null);
  const slotAt = (port: number): SlotEndpoint => ({ kind: 'namespace', port, ofProcess: processId, enter: isolation.enter });
  return ok({
    arrangement: 'namespace',
    env: { PCSCLITE_CSOCK_NAME: socketPathIn(directory) },
    slots: [slotAt(limits.firstPort), slotAt(limits.firstPort + 1)],
    readerNames,
    directory,
    processId,
    kill: async () => {
      if (daemon.ok) await daemon.value.kill();
    },
    restart: async () => {
      daemon = await startInNamespace(directory, isolation, clock);
      return daemon.ok ? ok(undefined) : daemon;
    },
    stop: async () => {
      if (daemon.ok) await daemon.value.stop();
      await removeDirectory();
    },
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
