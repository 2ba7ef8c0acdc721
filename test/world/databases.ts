// A PostgreSQL cluster and a Redis of one's own for a test: made in a temporary folder,
// on a free port of the loopback interface, gone afterwards.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const readyWithinMs = 30_000;
const pollMs = 50;

export type RunningServer = { readonly url: string; stop(): Promise<void> };
export type RunningRedis = RunningServer & {
  /** SIGKILL: no goodbye, nothing saved. */
  kill(): Promise<void>;
  /** Again on the same port, empty. */
  restart(): Promise<void>;
};

/** A cluster with one empty database; `stop` also removes it. Refuses to run as root, so root becomes user postgres. */
export async function startPostgres(): Promise<RunningServer> {
  const bin = postgresBin();
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-pg-'));
  const data = join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    await run('chown', ['postgres', folder]);
    await chmod(folder, 0o700);
  }
  const asUser = isRoot ? ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : [];
  const initialize = [join(bin, 'initdb'), '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run('setpriv', [...asUser, ...initialize], { cwd: '/' });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'max_connections=100'];
  const server = [join(bin, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  // A child of its own, not pg_ctl's: it ends with the tests, however they end (SIGQUIT: an immediate shutdown).
  const child = spawn('setpriv', [...asUser, '--pdeathsig', 'QUIT', ...server], { stdio: 'ignore', cwd: '/' });
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await untilUp(child, () => answers(url));
  return {
    url,
    stop: async () => {
      await end(child, 'SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A PostgreSQL that listens may still be starting up. */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** One more empty database in the cluster: the URL to it. */
export async function newDatabase(clusterUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: clusterUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Without persistence: what it loses is what a lost Redis loses. */
export async function startRedis(): Promise<RunningRedis> {
  const port = await freePort();
  let child = await launchRedis(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await launchRedis(port);
    },
  };
}

async function launchRedis(port: number): Promise<ChildProcess> {
  const server = ['redis-server', '--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...server], { stdio: 'ignore', cwd: tmpdir() });
  await untilUp(child, () => connects(port));
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

function postgresBin(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const bin = versions.map((version) => join(root, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
  if (bin === undefined) throw new Error('no PostgreSQL server under /usr/lib/postgresql (Debian package: postgresql)');
  return bin;
}

/** The kernel names a port that is free now; whoever takes it in between makes the start fail loudly. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

/** Rejects when the server ends before it is there, and when it takes too long. */
async function untilUp(child: ChildProcess, isUp: () => Promise<boolean>): Promise<void> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}`)));
  });
  failed.catch(() => undefined);
  const poll = async (): Promise<void> => {
    const deadline = performance.now() + readyWithinMs;
    while (!(await isUp())) {
      if (performance.now() > deadline) throw new Error(`not ready in ${readyWithinMs} ms: ${child.spawnargs.join(' ')}`);
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  };
  await Promise.race([poll(), failed]);
}

async function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
