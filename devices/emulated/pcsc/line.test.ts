import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLine } from './line.js';

/** The relay of this port and its two `cat`: numbers of processes, of their group and what they are. */
function programsOn(port: number): { pid: number; group: number; command: string }[] {
  const table = execFileSync('ps', ['-e', '-o', 'pid=,pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  const all = table.flatMap((line) => {
    const [, pid, group, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || state.startsWith('Z') ? [] : [{ pid: Number(pid), group: Number(group), command }];
  });
  const groups = all.filter(({ command }) => command.endsWith(`relay ${port}`)).map(({ group }) => group);
  return all.filter(({ group }) => groups.includes(group));
}

const deaf = { onData: () => undefined };

it('leaves its signal as it was, however often the reader is not there', async () => {
  const { signal } = new AbortController();
  for (let line = 0; line < 12; line++) {
    expect((await openLine({ kind: 'connect', port: 1 }, { ...deaf, onClose: () => undefined }, signal)).ok).toBe(false);
  }
  await expect.poll(() => getEventListeners(signal, 'abort').length).toBe(0);
});

it('ends with its signal, before and after it was opened', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const ending = new AbortController();
  const closed = new Promise<void>((resolve) => {
    void openLine({ kind: 'connect', port }, { ...deaf, onClose: resolve }, ending.signal).then(() => ending.abort());
  });
  await closed;
  const late = await openLine({ kind: 'connect', port }, { ...deaf, onClose: () => undefined }, ending.signal);
  expect(late.ok).toBe(false);
  server.close();
});

describe('a line into a namespace', () => {
  it('carries the bytes of the card alone, whatever the start files of bash say', async () => {
    const home = mkdtempSync(join(tmpdir(), 'madoguchi-home-'));
    writeFileSync(join(home, '.bashrc'), 'echo welcome; exit 1\n');
    const former = { ...process.env };
    Object.assign(process.env, { HOME: home, SHLVL: '0', BASH_ENV: join(home, '.bashrc') });
    const { close, closed, programs } = await open().finally(() => {
      for (const name of ['HOME', 'SHLVL', 'BASH_ENV']) {
        if (former[name] === undefined) delete process.env[name];
        else process.env[name] = former[name];
      }
    });
    expect(programs).toHaveLength(3);
    close();
    await closed;
    rmSync(home, { recursive: true });
  });

  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer((socket) => socket.on('error', () => socket.destroy())).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => server.close());

  /** Of the process itself, whose namespaces everybody may enter. */
  const open = async (): Promise<{ close: () => void; closed: Promise<void>; programs: ReturnType<typeof programsOn> }> => {
    let end: () => void = () => undefined;
    const closed = new Promise<void>((resolve) => (end = resolve));
    const endpoint = { kind: 'namespace', port, ofProcess: () => process.pid, enter: [] } as const;
    const opened = await openLine(endpoint, { ...deaf, onClose: () => end() }, new AbortController().signal);
    if (!opened.ok) throw new Error(opened.error.detail);
    await expect.poll(() => programsOn(port).length).toBe(3);
    return { close: opened.value.close, closed, programs: programsOn(port) };
  };

  it('is out of reach of the signals that a terminal gives to the command', async () => {
    const own = Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(process.pid)], { encoding: 'utf8' }));
    const { close, closed, programs } = await open();
    expect(new Set(programs.map(({ group }) => group)).size).toBe(1);
    expect(programs.map(({ group }) => group)).not.toContain(own);
    close();
    await closed;
    expect(programsOn(port)).toEqual([]);
  });

  it.each([
    { who: 'its shell', is: (command: string): boolean => command.includes('relay') },
    { who: 'what carries the bytes', is: (command: string): boolean => command === 'cat' },
  ])('ends, and nothing of it goes on, when $who is killed', async ({ is }) => {
    const { closed, programs } = await open();
    for (const { pid } of programs.filter(({ command }) => is(command))) process.kill(pid, 'SIGKILL');
    await closed;
    await expect.poll(() => programsOn(port)).toEqual([]);
  });

  it('ends although its shell does not', async () => {
    const { close, closed, programs } = await open();
    for (const { pid } of programs) process.kill(pid, 'SIGSTOP');
    close();
    await closed;
    expect(programsOn(port)).toEqual([]);
  });
});
