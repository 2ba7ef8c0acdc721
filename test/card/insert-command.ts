// `card insert` as a process, with all that it says.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../setup/command.js';

export type InsertCommand = { readonly child: ChildProcess; said: string; readonly ended: Promise<number | null> };

export const commandLine = (citizen: string, slot: '1' | '2'): string[] => [
  process.execPath,
  join(root, 'dist/apps/demo/src/card.js'),
  'insert',
  '--citizen',
  citizen,
  '--slot',
  slot,
];

/** `words`: the command and its arguments. First of a process group, as a shell starts it at a terminal. */
export function startCommand(words: readonly string[], env: Readonly<Record<string, string>> = {}): InsertCommand {
  const [file = '', ...args] = words;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, detached: true });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const command: InsertCommand = { child, said: '', ended };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (command.said += chunk.toString('utf8')));
  return command;
}
