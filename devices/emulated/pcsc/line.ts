// The two ways bytes get from a virtual slot to a vpcd, as one kind of line.
import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { err, ok } from '#libs/std/result.js';
import type { Result } from '#libs/std/result.js';
import { bareBash } from './bare-bash.js';
import { limits } from './limits.js';

/**
 * vpcd 3.3 could also connect out, but it aborts pcscd when nobody listens there: not used.
 * `connect`: a vpcd (or a direct reader) listens on this port of 127.0.0.1.
 * `namespace`: vpcd listens inside the network namespace of a process, where nobody else can
 * reach it. A relay of two `cat` enters it; `bash` opens the socket (/dev/tcp).
 */
export type SlotEndpoint =
  | { readonly kind: 'connect'; readonly port: number }
  | { readonly kind: 'namespace'; readonly port: number; readonly ofProcess: () => number | null; readonly enter: readonly string[] };

export type Line = { write(bytes: Uint8Array): void; close(): void };
export type LineEvents = { onData(chunk: Buffer): void; onClose(): void };
export type LineFault = { readonly code: 'slot-unreachable'; readonly detail: string };

/** `onClose` is called exactly once for an opened line, whoever closed it. Aborting ends the attempt. */
export function openLine(endpoint: SlotEndpoint, events: LineEvents, signal: AbortSignal): Promise<Result<Line, LineFault>> {
  switch (endpoint.kind) {
    case 'connect':
      return openByConnecting(endpoint.port, events, signal);
    case 'namespace':
      return openInNamespace(endpoint, events, signal);
  }
}

function openByConnecting(port: number, events: LineEvents, signal: AbortSignal): Promise<Result<Line, LineFault>> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    // By hand, because a card opens many lines in one insertion, and each must leave its signal as it was.
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => {
      signal.removeEventListener('abort', abort);
      resolve(unreachable(`127.0.0.1:${port}: closed`));
    });
    if (signal.aborted) abort();
    socket.once('error', (error) => resolve(unreachable(`127.0.0.1:${port}: ${error.message}`)));
    socket.once('connect', () => resolve(ok(lineOf(socket, events))));
  });
}

function lineOf(socket: Socket, events: LineEvents): Line {
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => events.onData(chunk));
  socket.on('error', () => socket.destroy());
  socket.on('end', () => socket.destroy());
  socket.once('close', () => events.onClose());
  return {
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
    },
    close: () => socket.destroy(),
  };
}

/**
 * Ends with its standard input, with the socket, or on SIGTERM; bash waits for both `cat`, so
 * that none is left over. The first byte says that the socket is open.
 */
const relay = `exec 3<>"/dev/tcp/127.0.0.1/$1" 4<&0 || exit 1
trap 'kill $(jobs -p); wait; exit' TERM
printf '\\1'
cat <&3 &
cat <&4 >&3 &
wait -n
kill $(jobs -p)
wait`;

type InNamespace = SlotEndpoint & { readonly kind: 'namespace' };

function openInNamespace(endpoint: InNamespace, events: LineEvents, signal: AbortSignal): Promise<Result<Line, LineFault>> {
  const target = endpoint.ofProcess();
  if (target === null) return Promise.resolve(unreachable('no process holds the namespace'));
  return new Promise((resolve) => {
    const enter = ['--target', String(target), ...endpoint.enter, ...bareBash, '-c', relay, 'relay', String(endpoint.port)];
    // A session of its own: a terminal's Ctrl-C takes nothing away from under the card, and the whole group can be ended.
    const child = spawn('nsenter', enter, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    let opened = false;
    const close = endingOf(child);
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    child.stdin.on('error', close);
    child.once('error', (error) => resolve(unreachable(error.message)));
    child.stdout.on('data', (chunk: Buffer) => {
      if (opened) return events.onData(chunk);
      opened = true;
      resolve(ok({ write: (bytes) => void (child.stdin.writable && child.stdin.write(bytes)), close }));
      if (chunk.length > 1) events.onData(chunk.subarray(1));
    });
    child.stdout.once('end', close);
    child.once('close', () => {
      signal.removeEventListener('abort', close);
      if (opened) return events.onClose();
      return resolve(unreachable(`nothing listens on port ${endpoint.port} of the namespace`));
    });
  });
}

/**
 * Both `cat` hold the standard output, whose end is the end of the line: when bash is gone,
 * however it went, or does not go in time, they are ended with it.
 */
function endingOf(child: ChildProcess): () => void {
  let killer: NodeJS.Timeout | null = null;
  child.once('exit', () => {
    if (killer !== null) clearTimeout(killer);
    killGroup(child);
  });
  return () => {
    child.stdin?.destroy();
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    killer ??= setTimeout(() => killGroup(child), limits.lineCloseTimeoutMs);
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is in it any more.
  }
}

function unreachable(detail: string): Result<never, LineFault> {
  return err({ code: 'slot-unreachable', detail });
}
