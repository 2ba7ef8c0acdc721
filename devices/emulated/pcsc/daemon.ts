// Starting and stopping one pcscd process with a reader configuration of its own.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Clock } from '#libs/std/clock.js';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type PcscdFault = {
  readonly code:
    'pcscd-not-installed' | 'vpcd-not-installed' | 'namespace-refused' | 'pcscd-did-not-start' | 'pcscd-busy' | 'pcscd-without-vpcd';
  readonly detail: string;
};

export const driverPath = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';
export const readerNames: readonly [string, string] = ['Virtual PCD 00 00', 'Virtual PCD 00 01'];

/** vpcd listens on `port` and, for slot 2, on the next: on every interface of its network namespace. */
export async function writeReaderConfiguration(directory: string, port: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  const lines = ['FRIENDLYNAME "Virtual PCD"', `DEVICENAME /dev/null:${port}`, `LIBPATH ${driverPath}`, 'CHANNELID 0x8C7B', ''];
  await writeFile(join(directory, 'vpcd'), lines.join('\n'));
}

export type Daemon = {
  readonly processId: number;
  readonly hasEnded: () => boolean;
  /** SIGTERM, and SIGKILL when that does not help. */
  stop(): Promise<void>;
  /** SIGKILL: what a crash looks like to its clients. */
  kill(): Promise<void>;
};

/** `command` must end up being pcscd itself (exec all the way), so that its pid is the daemon's. */
export async function startDaemon(start: {
  readonly command: readonly [string, ...string[]];
  readonly socketPath: string;
  readonly clock: Clock;
}): Promise<Result<Daemon, PcscdFault>> {
  const [file, ...parameters] = start.command;
  // A session of its own: it is not a terminal's Ctrl-C that ends it under its clients, but `stop`.
  const child = spawn(file, parameters, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const lastWords = collectLastWords(child);
  let ended = false;
  const end = new Promise<void>((resolve) => {
    const onEnd = (): void => {
      ended = true;
      resolve();
    };
    child.once('exit', onEnd);
    child.once('error', onEnd);
  });
  const stopWith = async (signal: NodeJS.Signals): Promise<void> => {
    if (ended) return;
    child.kill(signal);
    const late = new AbortController();
    await Promise.race([end, start.clock.sleep(limits.daemonStopTimeoutMs, late.signal)]);
    late.abort();
    if (!ended) child.kill('SIGKILL');
    await end;
  };
  const deadlineMs = start.clock.monotonicMs() + limits.daemonStartTimeoutMs;
  while (!ended && start.clock.monotonicMs() < deadlineMs) {
    if (child.pid !== undefined && (await canConnect(start.socketPath))) {
      return ok({ processId: child.pid, hasEnded: () => ended, stop: () => stopWith('SIGTERM'), kill: () => stopWith('SIGKILL') });
    }
    await start.clock.sleep(limits.daemonPollMs);
  }
  await stopWith('SIGKILL');
  return err({ code: 'pcscd-did-not-start', detail: lastWords() });
}

function collectLastWords(child: ChildProcess): () => string {
  let words = '';
  const keep = (chunk: Buffer): void => void (words = (words + chunk.toString('utf8')).slice(-400));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => words.trim();
}

/** True when somebody answers behind this Unix socket (which also wakes a pcscd that systemd holds back). */
export function canConnect(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
