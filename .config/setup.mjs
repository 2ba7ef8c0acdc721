// Everything that a fresh machine lacks, from plain Node: Debian packages, npm packages,
// the build. `node .config/setup.mjs start|test|build`; `build` leaves Debian packages to whoever
// installs a machine for good (apps/kiosk/INSTALL.md). A second run installs nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findRights, installDebianPackages } from './debian.mjs';
import { installNpmPackages } from './npm.mjs';
import { startPackages, testPackages } from './packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packagesFor = { start: startPackages, test: testPackages, build: [] };
const wanted = packagesFor[process.argv[2] ?? 'start'] ?? startPackages;
const say = (line) => void process.stderr.write(`${line}\n`);

requireNode();
const interrupted = new Error('interrupted');
const unlock = lock();
try {
  installDebianPackages({ root, wanted, findRights: () => findRights(say), run, say });
  if (!installNpmPackages({ root, run, say })) {
    say('npm ci failed; see above.');
    process.exit(1);
  }
  build();
} catch (cause) {
  if (cause !== interrupted) throw cause;
  process.exitCode = 130;
} finally {
  unlock();
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Madoguchi needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Two commands may start at once; the second waits until the first has set everything up. */
function lock() {
  const file = join(root, 'var', 'setup.lock');
  mkdirSync(dirname(file), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const remove = () => rmSync(file, { force: true });
      process.once('exit', remove);
      return remove;
    } catch (cause) {
      if (cause.code !== 'EEXIST') throw cause;
    }
    if (!isAlive(ownerOf(file))) rmSync(file, { force: true });
    else if (!waited) say('Another set-up is at work; waiting for it.');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

/** Its owner may write its number a moment after it made the file: 0 counts as alive for that moment. */
function ownerOf(file) {
  try {
    const isNew = Date.now() - statSync(file).mtimeMs < 2_000;
    const owner = Number(readFileSync(file, 'utf8'));
    return owner > 0 ? owner : isNew ? process.pid : 0;
  } catch {
    return process.pid;
  }
}

function isAlive(processId) {
  if (processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (cause) {
    return cause.code === 'EPERM';
  }
}

function build() {
  const bin = (name) => join(root, 'node_modules', '.bin', name);
  const everywhere = ['package-lock.json', '.config/vite.config.ts', 'tsconfig.json'];
  once('.build-stamp', [...everywhere, 'apps', 'libs', 'devices', 'test'], () => run([bin('tsc')]));
  once('.pages-stamp', [...everywhere, 'apps/kiosk/screen', 'apps/demo/bench', 'libs/ui', 'libs/contract', 'libs/std'], () => {
    say('Building the pages …');
    return run([bin('vite'), 'build', '--config', '.config/vite.config.ts', '--logLevel', 'warn']);
  });
}

/** Does `make` again only when a source is newer than the beginning of the last time that went well. */
function once(name, sources, make) {
  const stamp = join(root, 'dist', name);
  const newest = Math.max(...sources.map((source) => newestIn(join(root, source))));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return;
  const began = new Date();
  if (!make()) {
    say('The build failed; see above.');
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, began, began);
}

function newestIn(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** True when it ended well. Standard output belongs to the command that comes after the set-up. */
function run([command, ...rest], options = {}) {
  const { status, signal } = spawnSync(command, rest, { cwd: root, stdio: ['ignore', 2, 2], ...options });
  if (signal !== null || status === 130) throw interrupted;
  return status === 0;
}
