// What the configuration files of several parts have in common: where a part listens, and
// where its database is (DESIGN §7).
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import type { StartFault } from './configuration.js';

const port = z.int().min(0).max(65_535);

/** Off loopback only where the file names it. Port 0: any free one; the ready line says which. */
export const listenerSchema = z.strictObject({ host: z.string().min(1).default('127.0.0.1'), port });

/** Of a simulator or a management port: on loopback, whatever the file names. */
export const loopbackListenerSchema = z.strictObject({
  host: z.enum(['127.0.0.1', '::1'], { error: 'a loopback address: 127.0.0.1 or ::1' }).default('127.0.0.1'),
  port,
});

export const databaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('postgresql'),
    url: z.url({ protocol: /^postgres(ql)?$/, error: 'postgresql://user:password@host:port/database' }),
  }),
]);

/**
 * What a server's `listen` gave, or what is wrong with the address at `key` of the file; what
 * is no fault of the address is thrown as `listen` threw it.
 */
export async function listenAsNamed<T>(listen: () => Promise<T>, key = 'listen'): Promise<Result<T, StartFault>> {
  try {
    return ok(await listen());
  } catch (cause) {
    const fault = findListenFault(cause, key);
    if (fault === null) throw cause;
    return err(fault);
  }
}

function findListenFault(cause: unknown, key: string): StartFault | null {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EADDRINUSE') return { key: `${key}.port`, expected: `a port on which nobody else listens (${code})`, isPassing: true };
  if (code === 'EACCES') return { key: `${key}.port`, expected: `a port that this user may open (${code})` };
  // EAI_AGAIN: nobody was there to ask. What nobody knows is ENOTFOUND.
  if (code === 'EAI_AGAIN') return { key: `${key}.host`, expected: `an address of this machine (${code})`, isPassing: true };
  return /^(EADDRNOTAVAIL|EAFNOSUPPORT|EINVAL|ENOTFOUND|EAI_)/.test(code)
    ? { key: `${key}.host`, expected: `an address of this machine (${code})` }
    : null;
}
