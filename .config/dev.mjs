// `npm run dev`: the demo branch, begun anew whenever the compiler has written something,
// with both pages built as they change. The address stays the same; Ctrl-C ends all of it.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
/** The compiler writes many files for one change. */
const quietMs = 400;
const stopMs = 8_000;

if (process.argv.length > 2) {
  console.error(`${process.argv[2]}: an argument that there is not`);
  process.exit(64);
}
const port = process.env.PORT ?? String(await freePort());
const watchers = [
  start(bin('tsc'), ['--watch', '--preserveWatchOutput']),
  start(bin('vite'), ['build', '--watch', '--config', '.config/vite.config.ts', '--logLevel', 'warn']),
];
let demo = startDemo();
let timer = null;
let restarting = Promise.resolve();
let ending = false;

watch(join(root, 'dist'), { recursive: true }, (_event, name) => {
  if (name === null || !name.endsWith('.js') || isPage(name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    restarting = restarting.then(restart);
  }, quietMs);
});
for (const watcher of watchers) {
  watcher.once('exit', (code) => {
    if (!ending) void end(`${watcher.spawnargs[0]} ended with ${code}`);
  });
}
// SIGHUP: the terminal was closed; what runs in groups of their own would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(null));

/** Pages are handed out as they lie there; a reload in the browser is enough. */
function isPage(name) {
  return name.startsWith(join('apps', 'kiosk', 'screen')) || name.startsWith(join('apps', 'demo', 'bench')) || name.startsWith('test');
}

/** A group of its own: what the command starts (the compiler behind tsc, the parts of a branch) ends with it. */
function start(command, args, options = {}) {
  return spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], detached: true, ...options });
}

function startDemo() {
  const main = join(root, 'dist/apps/demo/src/main.js');
  const child = start(process.execPath, ['--enable-source-maps', main], { env: { ...process.env, PORT: port } });
  child.once('exit', (code) => {
    if (!ending && child === demo && code !== 0) console.error('The demo branch ended; it starts again with the next change.');
  });
  return child;
}

async function restart() {
  if (ending) return;
  console.error('Changed; the branch begins anew.');
  const old = demo;
  demo = null;
  await stop(old);
  if (!ending && existsSync(join(root, 'dist/apps/demo/src/main.js'))) demo = startDemo();
}

/** SIGTERM lets a branch end its parts; SIGKILL comes when it does not. */
async function stop(child) {
  if (child === null) return;
  const kill = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch {
      // Gone already.
    }
  };
  const gone = child.exitCode !== null || child.signalCode !== null || new Promise((resolve) => child.once('exit', resolve));
  kill('SIGTERM');
  const killer = setTimeout(() => kill('SIGKILL'), stopMs);
  await gone;
  clearTimeout(killer);
}

async function end(reason) {
  if (ending) return;
  ending = true;
  clearTimeout(timer);
  if (reason !== null) console.error(reason);
  await restarting;
  await Promise.all([stop(demo), ...watchers.map(stop)]);
  process.exit(reason === null ? 0 : 1);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
