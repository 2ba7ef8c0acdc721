// What the configuration files of several parts have in common: where a part listens, whom it
// calls, and where its database is (DESIGN §7).
import { z } from 'zod';
import { err, ok, type Result } from '#libs/std/result.js';
import type { StartFault } from './configuration.js';
import { limits } from './limits.js';

/** TCP's, where somebody else listens. Port 0 is nobody's. */
const port = z.int('a port, 1 to 65535').min(1, 'a port, 1 to 65535').max(limits.highestPort, 'a port, 1 to 65535');
export const listenerPort = z
  .int('a port, or 0 for any free one')
  .min(0, 'a port, or 0 for any free one')
  .max(limits.highestPort, 'a port up to 65535, or 0 for any free one');

/** Whom a part calls. */
export const addressSchema = z.strictObject({ host: z.string().min(1), port });
const httpExpected = 'an http:// or https:// address';
/** Paths are put behind it; what it shows of a password would be shown to everybody who reads a fault. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: httpExpected })
  .refine(hasPort, `${httpExpected} with another port than 0`)
  .refine(isBare, `${httpExpected} without user, password, ? and #`);
const redisExpected = 'redis://host:port or rediss://host:port';
export const redisUrl = z.url({ protocol: /^rediss?$/, error: redisExpected }).refine(hasPort, `${redisExpected}, another port than 0`);

/** What is no address at all is said by another check. */
function hasPort(url: string): boolean {
  return !URL.canParse(url) || new URL(url).port !== '0';
}

function isBare(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '' && !/[?#]$/.test(url);
}

/** Off loopback only where the file names it. Port 0: any free one; the ready line says which. */
export const listenerSchema = z.strictObject({ host: z.string().min(1).default('127.0.0.1'), port: listenerPort });

/** Of a simulator or a management port: on loopback, whatever the file names. */
export const loopbackListenerSchema = z.strictObject({
  host: z.enum(['127.0.0.1', '::1'], { error: 'a loopback address: 127.0.0.1 or ::1' }).default('127.0.0.1'),
  port: listenerPort,
});

export const databaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('postgresql'),
    url: z
      .url({ protocol: /^postgres(ql)?$/, error: 'postgresql://user:password@host:port/database' })
      .refine(hasPort, 'postgresql://user:password@host:port/database, another port than 0'),
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
