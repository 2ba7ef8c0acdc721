// Who is in the way at a slot of the machine's pcscd: vpcd talks to one card and tells nobody
// about it, so the kernel is asked whose line it is (proc(5): net/tcp, PID/fd, PID/cmdline).
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { SlotEndpoint } from '#devices/emulated/pcsc/line.js';

/** TCP_ESTABLISHED and TCP_LISTEN */
const established = '01';
const listening = '0A';
/** Between a card and a vpcd in a network of its own: programs that only pass bytes on. */
const relays = new Set(['cat', 'bash', 'nsenter']);

/** `process 123 (node card.js insert …)`, or null where the machine does not tell (another user's process). */
export function findSlotHolder(endpoint: SlotEndpoint): string | null {
  const inodes = new Set(
    socketsSeenBy(endpoint)
      .filter(({ remotePort, state }) => remotePort === endpoint.port && state === established)
      .map(({ inode }) => `socket:[${inode}]`),
  );
  if (inodes.size === 0) return null;
  const holder = processIds().find((pid) => linksOf(pid).some((link) => inodes.has(link)));
  return holder === undefined ? null : describeProcess(behindRelays(holder));
}

/** False as well where the machine does not tell. */
export function isListening(endpoint: SlotEndpoint): boolean {
  return socketsSeenBy(endpoint).some(({ localPort, state }) => localPort === endpoint.port && state === listening);
}

/** With its arguments; null: it is gone. */
export function describeProcess(pid: number): string | null {
  const command = readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
  return command === '' ? null : `process ${pid} (${command.slice(0, 200)})`;
}

/** Null: gone, or nobody but the first of all is behind it any more. */
export function parentOf(pid: number): number | null {
  const parent = Number(/^PPid:\s*(\d+)$/m.exec(readIfThere(`/proc/${pid}/status`))?.[1]);
  return parent > 1 ? parent : null;
}

type Row = { readonly localPort: number; readonly remotePort: number; readonly state: string; readonly inode: string };

function socketsSeenBy(endpoint: SlotEndpoint): Row[] {
  const owner = endpoint.kind === 'namespace' ? endpoint.ofProcess() : 'self';
  return ['tcp', 'tcp6'].flatMap((table) => rowsOf(readIfThere(`/proc/${owner}/net/${table}`)));
}

/** A head line, then one line a socket: number, local, remote, state, queues, timer, retransmits, user, timeout, inode. */
function rowsOf(table: string): Row[] {
  const lines = table.split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, local = '', remote = '', state = '', , , , , , inode] = line.trim().split(/\s+/);
    return inode === undefined ? [] : [{ localPort: portOf(local), remotePort: portOf(remote), state, inode }];
  });
}

function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
}

function behindRelays(pid: number): number {
  const name = readIfThere(`/proc/${pid}/comm`).trim();
  const parent = relays.has(name) ? parentOf(pid) : null;
  return parent === null ? pid : behindRelays(parent);
}

function processIds(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);
}

/** Of another user's process, none; a descriptor that is closed meanwhile (such as the one this looks through), none. */
function linksOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return ifThere(() => readdirSync(folder), []).map((descriptor) => ifThere(() => readlinkSync(`${folder}/${descriptor}`), ''));
}

function readIfThere(file: string): string {
  return ifThere(() => readFileSync(file, 'utf8'), '');
}

/** Whatever is in /proc may be gone in the next moment. */
function ifThere<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
