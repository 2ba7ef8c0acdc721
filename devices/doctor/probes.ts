// Small questions to the network: does somebody listen there, is it who we think, and does
// its clock agree with ours?
import { connect, createServer } from 'node:net';
import { healthSchema } from '#libs/contract/center.js';
import type { Clock } from '#libs/std/clock.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { faulty, fine, note, type Finding } from './finding.js';
import { limits } from './limits.js';

export type Address = { readonly host: string; readonly port: number };

/** Null when a TCP connection stands; else the network's own word, e.g. `ECONNREFUSED`. */
export function findTcpFault({ host, port }: Address, timeoutMs: number = limits.connectTimeoutMs): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (cause: string | null): void => {
      socket.destroy();
      resolve(cause);
    };
    socket.setTimeout(timeoutMs, () => finish('no answer'));
    socket.once('error', (cause: NodeJS.ErrnoException) => finish(cause.code ?? 'socket-error'));
    socket.once('connect', () => finish(null));
  });
}

export type Health = {
  readonly status: 'ok' | 'degraded';
  readonly part: string;
  /** Its clock less ours; to about a second, because it tells whole seconds. */
  readonly aheadMs: number;
};

/** Err: the network's own word, or `not a part of Madoguchi`. */
export async function findHealth(baseUrl: string, clock: Clock): Promise<Result<Health, string>> {
  const askedMs = clock.nowMs();
  try {
    const response = await fetch(new URL('/health', baseUrl), { signal: AbortSignal.timeout(limits.healthTimeoutMs), redirect: 'error' });
    const text = (await response.text()).slice(0, limits.healthBytes);
    const health = healthSchema.safeParse(JSON.parse(text));
    if (!health.success) return err('not a part of Madoguchi');
    // The time in the answer was cut down to the second: its middle is half a second later.
    const oursMs = (askedMs + clock.nowMs()) / 2;
    return ok({ status: health.data.status, part: health.data.part, aheadMs: Date.parse(health.data.time) + 500 - oursMs });
  } catch (cause) {
    return err(wordOf(cause));
  }
}

function wordOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'not a part of Madoguchi';
  const inner: unknown = cause instanceof Error ? cause.cause : null;
  if (inner instanceof Error && 'code' in inner) return String(inner.code);
  return cause instanceof Error && cause.name === 'TimeoutError' ? 'no answer' : 'no whole answer';
}

/** The queue is a convenience: without `redisUrl` there is nothing to look at. */
export async function checkRedis(url: string | undefined): Promise<readonly Finding[]> {
  if (url === undefined) return [];
  const { hostname, port } = new URL(url);
  const cause = await findTcpFault({ host: hostname, port: Number(port || 6379) });
  if (cause === null) return [fine('Redis', `${hostname} takes connections`)];
  const todo = 'start it, correct redisUrl, or leave redisUrl out: on one node a timer does the same';
  return [faulty('Redis', { what: `nobody answers at ${hostname} (${cause})`, expected: 'Redis', todo })];
}

type Neighbour = {
  readonly about: string;
  /** As its `/health` names it. */
  readonly part: string;
  readonly url: string;
  /** The configuration key that holds the address. */
  readonly key: string;
};

/** Another part of ours: reachable, the right one, well, and of our time. */
export async function checkNeighbour({ about, part, url, key }: Neighbour, clock: Clock): Promise<readonly Finding[]> {
  const health = await findHealth(url, clock);
  const todo = `start it, or correct ${key}`;
  if (!health.ok)
    return [faulty(about, { what: `nobody answers as a part of Madoguchi at ${url} (${health.error})`, expected: `the ${part}`, todo })];
  const { status, aheadMs } = health.value;
  if (health.value.part !== part) return [faulty(about, { what: `${url} is the ${health.value.part}`, expected: `the ${part}`, todo })];
  const apartS = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) > limits.clockToleranceMs) {
    const what = `the clock at ${url} is ${apartS} s ${aheadMs > 0 ? 'ahead of' : 'behind'} ours`;
    return [faulty(about, { what, expected: 'at most 60 s', todo: 'set both by NTP (chrony or systemd-timesyncd)' })];
  }
  if (status !== 'ok') {
    return [faulty(about, { what: `${url} says "degraded"`, expected: '"ok"', todo: `run the doctor on the ${part}'s own machine` })];
  }
  const plain = url.startsWith('http:') && !isLoopback(new URL(url).hostname);
  const clear = note(about, `${url} is plain HTTP beyond this machine; let only a closed network carry it, or put TLS in front`);
  return [fine(about, `${url} answers, clocks ${apartS} s apart`), ...(plain ? [clear] : [])];
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || host.startsWith('127.');
}

type Listener = { readonly about: string; readonly at: Address; readonly isRunning: boolean };

/** The part could listen there, or is what listens there already. */
export async function checkListener({ about, at, isRunning }: Listener): Promise<readonly Finding[]> {
  const where = `${at.host}:${at.port}`;
  const open = isLoopback(at.host) ? [] : [note(about, `${where} can be reached from other machines; let the firewall name who may`)];
  if (isRunning) return [fine(about, `${where}: this part is running there`), ...open];
  const cause = await findListenFault(at);
  if (cause === null && at.port === 0)
    return [note(about, `${where}: another port at each start, so whoever calls this part has to be told`), ...open];
  if (cause === null) return [fine(about, `${where} is free`), ...open];
  const todo: Record<string, string> = {
    EADDRINUSE: `find who holds it (ss -ltnp 'sport = :${at.port}'), or choose another port`,
    EADDRNOTAVAIL: 'name an address of this machine (ip address)',
    EACCES: 'choose a port above 1023',
  };
  const expected = 'an address of this machine that is free';
  return [faulty(about, { what: `${where} cannot be listened on (${cause})`, expected, todo: todo[cause] ?? 'correct listen.host' })];
}

function findListenFault(at: Address): Promise<string | null> {
  return tryListening(at).then(
    () => null,
    (cause: NodeJS.ErrnoException) => cause.code ?? 'unknown',
  );
}

/** Listens there and closes again. Rejects as `listen` does. */
export function tryListening({ host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port }, () => server.close(() => resolve()));
  });
}
