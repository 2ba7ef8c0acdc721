// One part of the branch as a process of its own, started the way an installer would start
// it: `node dist/apps/NAME/src/main.js --config FILE`.
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { parentVariable } from '#libs/contract/part.js';
import { limits } from './limits.js';

export type PartOptions = {
  readonly name: string;
  /** Tells two of the same kind apart, e.g. two municipalities. */
  readonly label?: string;
  readonly configuration: unknown;
  /** Configuration and log go here. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
};

export type PartProcess = {
  readonly name: string;
  readonly pid: number;
  /** The words after `NAME ready`. */
  readonly ready: readonly string[];
  readonly logFile: string;
  /** SIGTERM, then SIGKILL. */
  stop(): Promise<void>;
  /** SIGKILL: what a power cut looks like to everybody else. */
  kill(): Promise<void>;
};

export class PartNotStarted extends Error {
  override readonly name = 'PartNotStarted';
}

/** Rejects with `PartNotStarted` when the part ends or is not ready in time; the log says why. */
export async function startPart(options: PartOptions): Promise<PartProcess> {
  const label = options.label ?? options.name;
  const file = join(options.folder, `${label}.json`);
  const logFile = join(options.folder, `${label}.log`);
  writeFileSync(file, JSON.stringify(options.configuration, null, 2), { mode: 0o600 });
  const log = openSync(logFile, 'a');
  const main = join(root(), 'dist', 'apps', options.name, 'src', 'main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main, '--config', file], {
    // Nothing is ever written to its standard input: it closes when this process is gone, even by SIGKILL.
    stdio: ['pipe', 'pipe', log],
    // Out of a terminal's reach: a Ctrl-C is for the command, which ends its parts in their order.
    detached: true,
    env: { ...process.env, ...options.env, [parentVariable]: '1' },
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isOrdered = false;
  const stop = (): Promise<void> => {
    isOrdered = true;
    return stopChild(child, ended);
  };
  const kill = async (): Promise<void> => {
    isOrdered = true;
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const ready = await readyLine(child, options.name);
    // In service systemd starts it again; here somebody has to know why the screen waits.
    child.once('exit', (code, signal) => {
      if (!isOrdered) process.stderr.write(`${label} has ended by itself (${signal ?? `exit ${code}`}); its log: ${logFile}\n`);
    });
    return { name: label, pid: child.pid ?? 0, ready, logFile, stop, kill };
  } catch (cause) {
    await stop();
    throw new PartNotStarted(`${label} did not start (${String(cause)}): ${lastLines(logFile)}`);
  }
}

function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').split('\n').slice(-limits.logLinesShown).join('\n').trim();
}

function readyLine(child: ChildProcess, name: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('not ready in time')), limits.partReadyTimeoutMs);
    const give = (): void => clearTimeout(timer);
    child.once('error', (cause) => (give(), reject(cause)));
    child.once('exit', (code) => (give(), reject(new Error(`exit ${code}`))));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith(`${name} ready`)) return;
      give();
      resolve(line.slice(`${name} ready`.length).trim().split(' '));
    });
  });
}

async function stopChild(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), limits.partStopTimeoutMs);
  await ended;
  clearTimeout(killer);
}

/** The folder of package.json, from the sources as well as from the build. */
export function root(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
