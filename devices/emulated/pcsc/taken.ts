// Whether somebody's card is in a slot already. vpcd talks to one card and leaves any other
// waiting without a word, so the kernel is asked who is connected to it (proc(5), net/tcp).
import { readFile } from 'node:fs/promises';
import type { SlotEndpoint } from './line.js';

/** TCP_ESTABLISHED */
const established = '01';

/** False as well where the machine does not tell. */
export async function isTaken(endpoint: SlotEndpoint): Promise<boolean> {
  const owner = endpoint.kind === 'namespace' ? endpoint.ofProcess() : 'self';
  if (owner === null) return false;
  const tables = ['tcp', 'tcp6'].map((name) => readFile(`/proc/${owner}/net/${name}`, 'latin1').catch(() => ''));
  return (await Promise.all(tables)).some((table) => hasConnectionTo(endpoint.port, table));
}

/** `table`: a head line, then one line a socket: number, local and remote address in hex, state. */
export function hasConnectionTo(port: number, table: string): boolean {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .some(([, local = '', , state]) => local.endsWith(suffix) && state === established);
}
