// The machine's own pcscd at /run/pcscd: used where no private one can be had, and by
// `card insert`, whose cards are meant for any other program. Only one process at a time
// uses it for a run, so it is under a lock file.
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { canConnect, startDaemon, writeReaderConfiguration } from './daemon.js';
import type { PcscdFault } from './daemon.js';
import { bareBash } from './bare-bash.js';
import { limits } from './limits.js';
import type { SlotEndpoint } from './line.js';
import { loopbackScript } from './namespace.js';

export const machineSocketPath = '/run/pcscd/pcscd.comm';

export type MachinePcscd = {
  readonly slots: readonly [SlotEndpoint, SlotEndpoint];
  /**
   * True when the pcscd that a `card insert` has started is gone for good, and its readers
   * with it; false when `signal` came first. One that the machine starts itself comes back.
   */
  untilGone(signal: AbortSignal): Promise<boolean>;
  stop(): Promise<void>;
};

/**
 * Joins the pcscd that runs, or starts one (root only) in a network namespace of its own, so
 * that its vpcd listens where nobody is. `stop` ends only what was started here.
 */
export async function useMachinePcscd(clock: Clock): Promise<Result<MachinePcscd, PcscdFault>> {
  if (!(await canConnect(machineSocketPath))) return startMachinePcscd(clock);
  const slots: [SlotEndpoint, SlotEndpoint] = await Promise.all([endpointOf(limits.firstPort), endpointOf(limits.firstPort + 1)]);
  const isOurs = slots[0].kind === 'namespace';
  return ok({ slots, untilGone: (signal) => untilGone(isOurs, signal, clock), stop: () => Promise.resolve() });
}

/** Debian's vpcd listens here; that of a pcscd which another `card insert` has started, in its namespace. */
async function endpointOf(port: number): Promise<SlotEndpoint> {
  return (await listens(port)) ? { kind: 'connect', port } : inNamespaceOfPcscd(port);
}

function inNamespaceOfPcscd(port: number): SlotEndpoint {
  return { kind: 'namespace', port, ofProcess: pcscdProcessId, enter: ['--net'] };
}

/** pcscd writes its process id beside its socket. */
function pcscdProcessId(): number | null {
  try {
    // The file ends in a line feed and a NUL.
    const processId = Number.parseInt(readFileSync('/run/pcscd/pcscd.pid', 'latin1'), 10);
    return processId > 0 ? processId : null;
  } catch {
    return null;
  }
}

async function startMachinePcscd(clock: Clock): Promise<Result<MachinePcscd, PcscdFault>> {
  if (process.getuid?.() !== 0) {
    return err({ code: 'pcscd-did-not-start', detail: 'no pcscd runs, and only root may start one' });
  }
  const directory = await mkdtemp(join(tmpdir(), 'madoguchi-pcscd-'));
  await writeReaderConfiguration(directory, limits.firstPort);
  const script = `${loopbackScript}\nexec setpriv --pdeathsig KILL pcscd --foreground --config "$1"`;
  const command: [string, ...string[]] = ['unshare', '--net', ...bareBash, '-c', script, 'pcscd', directory];
  const daemon = await startDaemon({ command, socketPath: machineSocketPath, clock });
  if (!daemon.ok) {
    await rm(directory, { recursive: true, force: true });
    return daemon;
  }
  const stop = async (): Promise<void> => {
    await daemon.value.stop();
    await rm(directory, { recursive: true, force: true });
  };
  const slots = [inNamespaceOfPcscd(limits.firstPort), inNamespaceOfPcscd(limits.firstPort + 1)] as const;
  return ok({ slots, untilGone: (signal) => untilGone(true, signal, clock), stop });
}

async function untilGone(isOurs: boolean, signal: AbortSignal, clock: Clock): Promise<boolean> {
  let seenAtMs = clock.monotonicMs();
  while (!signal.aborted && clock.monotonicMs() - seenAtMs < limits.goneAfterMs) {
    const processId = pcscdProcessId();
    if (!isOurs || (processId !== null && isAlive(processId))) seenAtMs = clock.monotonicMs();
    await clock.sleep(limits.lockPollMs, signal);
  }
  return !signal.aborted;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

const lockPath = join(tmpdir(), 'madoguchi-pcscd.lock');

/** Waits for its turn; a lock whose owner has died is taken over. */
export async function lockMachinePcscd(clock: Clock): Promise<Result<{ unlock(): Promise<void> }, PcscdFault>> {
  const deadlineMs = clock.monotonicMs() + limits.lockTimeoutMs;
  while (clock.monotonicMs() < deadlineMs) {
    const taken = await writeFile(lockPath, String(process.pid), { flag: 'wx' }).then(
      () => true,
      () => false,
    );
    if (taken) return ok({ unlock: () => rm(lockPath, { force: true }) });
    const owner = Number(await readFile(lockPath, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(lockPath, { force: true });
    else await clock.sleep(limits.lockPollMs);
  }
  return err({ code: 'pcscd-busy', detail: `another process holds ${lockPath}` });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
