// Everything that a fresh machine lacks, from plain Node: Debian packages, npm packages,
// the build. `node .config/setup.mjs start|test`. A second run installs nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPackages, testPackages } from './packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const purpose = process.argv[2] === 'test' ? 'test' : 'start';
const say = (line) => process.stderr.write(`${line}\n`);

requireNode();
installDebianPackages();
installNpmPackages();
build();

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Madoguchi needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

function installDebianPackages() {
  const wanted = purpose === 'test' ? testPackages : startPackages;
  const missing = wanted.filter((item) => !existsSync(item.probe));
  if (missing.length === 0) return;
  const names = missing.map((item) => item.name);
  const asRoot = rootPrefix();
  if (asRoot === null || !existsSync('/usr/bin/apt-get')) {
    say('These Debian packages are missing, and this user may not install them:');
    for (const item of missing) say(`  ${item.name.padEnd(20)} ${item.for}`);
    say(purpose === 'start' ? costOf(new Set(names)) : `Install them with: apt-get install --no-install-recommends ${names.join(' ')}`);
    return;
  }
  say(`Installing Debian packages: ${names.join(' ')}`);
  withoutServices(asRoot, () => {
    run([...asRoot, 'apt-get', 'update', '-q']);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const installed = run([...asRoot, 'apt-get', 'install', '-y', '-q', '--no-install-recommends', ...names], { env });
    if (!installed) say('apt-get could not install all of them; going on with what is there.');
  });
}

/** What the demo cannot do without them; it starts all the same where it can. */
function costOf(names) {
  const costs = [];
  if (['pcscd', 'vsmartcard-vpcd', 'libpcsclite-dev'].some((name) => names.has(name))) {
    costs.push('No PC/SC: the virtual cards are wired into the kiosk process directly.');
  }
  if (names.has('fonts-ipamj-mincho'))
    costs.push('No IPAmj Mincho: the municipalities cannot make a certificate and send everybody to the counter.');
  if (['g++', 'make', 'python3'].some((name) => names.has(name)))
    costs.push('No build tools: better-sqlite3 may not install, and then nothing starts.');
  return costs.join('\n');
}

function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

/** Debian's policy-rc.d (invoke-rc.d(8)) keeps the installation from starting servers that we start ourselves, on ports of our own. */
function withoutServices(asRoot, install) {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) run([...asRoot, 'sh', '-c', `printf '#!/bin/sh\\nexit 101\\n' > ${policy} && chmod 755 ${policy}`]);
  try {
    install();
  } finally {
    if (ours) run([...asRoot, 'rm', '-f', policy]);
  }
}

function installNpmPackages() {
  const stamp = join(root, 'node_modules', '.madoguchi-stamp');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.versions.modules)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing npm packages …');
  const npm =
    Number(spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout?.split('.')[0]) >= 11 ? ['npm'] : ['npx', '--yes', 'npm@11'];
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  if (!run([...npm, 'ci', ...quietly])) {
    say('npm ci failed; see above.');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function build() {
  const bin = (name) => join(root, 'node_modules', '.bin', name);
  if (!run([bin('tsc')])) {
    say('The build failed; see above.');
    process.exit(1);
  }
  const pages = join(root, 'dist', '.pages-stamp');
  const sources = ['apps/kiosk/screen', 'apps/demo/bench', 'libs/ui', 'libs/contract', '.config'];
  const newest = Math.max(...sources.map((source) => newestIn(join(root, source))));
  if (existsSync(pages) && statSync(pages).mtimeMs >= newest) return;
  say('Building the pages …');
  rmSync(pages, { force: true });
  for (const page of ['kiosk', 'bench']) {
    if (run([bin('vite'), 'build', '--config', '.config/vite.config.ts', '--mode', page, '--logLevel', 'warn'])) continue;
    say('The pages could not be built; see above.');
    process.exit(1);
  }
  mkdirSync(dirname(pages), { recursive: true });
  writeFileSync(pages, '');
}

function newestIn(path) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** Standard output belongs to the command that comes after the set-up. */
function run([command, ...rest], options = {}) {
  return spawnSync(command, rest, { cwd: root, stdio: ['ignore', 2, 2], ...options }).status === 0;
}
