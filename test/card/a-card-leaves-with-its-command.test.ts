// `card insert` ended by a signal, to itself alone or, as by a terminal, to all that it started as
// well, whenever it comes and however it was started: the card is out, and nothing that the command started or made is left.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { canConnect } from '#devices/emulated/pcsc/daemon.js';
import { machineSocketPath } from '#devices/emulated/pcsc/machine.js';
import { commandLine, startCommand } from './insert-command.js';
import { storyTimeoutMs, takeMachinePcscd } from './machine.js';

/** Whatever the command makes, it makes here, and every process that it starts is named a file in it. */
let folder: string;
beforeEach(async () => {
  const lock = await takeMachinePcscd();
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-leaving-'));
  return async () => {
    for (const pid of processesNaming(folder)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await lock.unlock();
  };
}, storyTimeoutMs);

function processesNaming(text: string): number[] {
  const commandOf = (pid: number): string => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && commandOf(pid).includes(text));
}

const insert = commandLine('hitori-gurashi', '1');
const isIn = (said: string): boolean => said.includes('is in slot 1 (Virtual PCD 00 00), PIN');
const hasMade = (what: string) => (): boolean => readdirSync(folder).some((name) => name.startsWith(what));

it.each([
  { signal: 'SIGINT', to: 'it alone', when: 'the card is in', code: 0 },
  { signal: 'SIGINT', to: 'its group', when: 'the card is in', code: 0 },
  { signal: 'SIGTERM', to: 'it alone', when: 'the card is in', code: 0 },
  { signal: 'SIGTERM', to: 'it alone', when: 'its pcscd is starting', code: 143 },
  { signal: 'SIGINT', to: 'its group', when: 'its pcscd is starting', code: 130 },
  { signal: 'SIGINT', to: 'it alone', when: 'the card is being made', code: 130 },
  { signal: 'SIGINT', to: 'its group', when: 'the card is being made', code: 130 },
] as const)(
  '$signal to $to when $when',
  async ({ signal, to, when, code }) => {
    const wasRunning = await canConnect(machineSocketPath);
    const command = startCommand(insert, { TMPDIR: folder });
    // With a pcscd of the machine's own, there is none to start.
    const isStarting = wasRunning ? hasMade('madoguchi-card-') : hasMade('madoguchi-pcscd-');
    const isReached = { 'the card is in': () => isIn(command.said), 'its pcscd is starting': isStarting };
    const reached = when === 'the card is being made' ? hasMade('madoguchi-card-') : isReached[when];
    await expect.poll(reached, { timeout: 30_000, interval: 20 }).toBe(true);
    const pid = command.child.pid ?? 0;
    process.kill(to === 'its group' ? -pid : pid, signal);
    expect(await command.ended).toBe(code);
    expect(isIn(command.said)).toBe(code === 0);
    expect(readdirSync(folder)).toEqual([]);
    expect(processesNaming(folder)).toEqual([]);
    expect(await canConnect(machineSocketPath)).toBe(wasRunning);
  },
  60_000,
);

/** Such a shell starts it with SIGINT ignored (POSIX, 2.11), and every signal goes to the number that it prints. */
const inBackground = `"$@" & echo "number $!"; wait $!; echo "exit $?"`;

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s when a shell has it in the background',
  async (signal) => {
    const wasRunning = await canConnect(machineSocketPath);
    const shell = startCommand(['sh', '-c', inBackground, 'sh', ...insert], { TMPDIR: folder });
    await expect.poll(() => isIn(shell.said), { timeout: 30_000 }).toBe(true);
    const pid = Number(/^number (\d+)$/m.exec(shell.said)?.[1]);
    process.kill(pid, signal);
    expect(await shell.ended).toBe(0);
    expect(shell.said).toContain('exit 0');
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    expect(processesNaming(folder)).toEqual([]);
    expect(await canConnect(machineSocketPath)).toBe(wasRunning);
  },
  60_000,
);
