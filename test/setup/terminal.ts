// A command as a shell starts it at a terminal: the first of a process group, all of which
// gets the terminal's signals at once (POSIX.1-2017, 11.1.9 Special Characters, INTR).
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

export type AtTerminal = {
  readonly child: ChildProcess;
  /** Both streams so far. */
  said: string;
  stdout: string;
  /** The exit code, or the signal's name. */
  readonly ended: Promise<number | string | null>;
  /** To the whole group. */
  signal(signal: 'SIGINT' | 'SIGHUP'): void;
};

/** `temporary` becomes TMPDIR, by which everything that the command starts is known. */
export function startAtTerminal(words: readonly string[], { cwd, temporary }: { cwd: string; temporary: string }): AtTerminal {
  const [file = '', ...args] = words;
  const env = { ...process.env, TMPDIR: temporary };
  const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const ended = new Promise<number | string | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  const signal = (name: 'SIGINT' | 'SIGHUP'): void => void process.kill(-(child.pid ?? 0), name);
  const command: AtTerminal = { child, said: '', stdout: '', ended, signal };
  child.stdout.on('data', (chunk: Buffer) => (command.stdout += chunk.toString('utf8')));
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (command.said += chunk.toString('utf8')));
  return command;
}

/** Every living process that has this TMPDIR, with its command line. */
export function processesIn(temporary: string): { readonly pid: number; readonly command: string }[] {
  const read = (pid: number, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && read(pid, 'environ').split('\0').includes(`TMPDIR=${temporary}`))
    .map((pid) => ({ pid, command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}
