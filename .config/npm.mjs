// Installing the npm packages from the lock file, once for what they depend on.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const stampIn = (root) => join(root, 'node_modules', '.madoguchi-stamp');

/** True when what is installed is what lock file, Node and compiler ask for. */
export function isInstalled(root) {
  const stamp = stampIn(root);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stateOf(root);
}

/** False when npm failed. */
export function installNpmPackages({ root, run, say }) {
  if (isInstalled(root)) return true;
  say('Installing npm packages …');
  if (!run([...npmCommand(), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: environment() })) return false;
  writeFileSync(stampIn(root), stateOf(root));
  return true;
}

/** What the installed packages depend on. pcsclite is left out where it cannot be built, and comes when it can. */
function stateOf(root) {
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const canBuild = ['/usr/bin/g++', '/usr/bin/make', '/usr/include/PCSC/winscard.h'].every((file) => existsSync(file));
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(JSON.stringify([allowScripts, process.versions.modules, canBuild]))
    .digest('hex');
}

/** npm 10, which comes with Node 20, runs every package's install script; from 11 on only those that `allowScripts` names. */
function npmCommand() {
  const version = spawnSync('npm', ['--version'], { encoding: 'utf8' }).stdout ?? '';
  return Number(version.split('.')[0]) >= 11 ? ['npm'] : ['npx', '--yes', 'npm@11'];
}

/** Node's own headers, where they were installed with it, so that nothing is fetched from beyond the registries. */
function environment() {
  const prefix = dirname(dirname(realpathSync(process.execPath)));
  if (!existsSync(join(prefix, 'include', 'node', 'node_version.h'))) return process.env;
  return { ...process.env, npm_config_nodedir: prefix };
}
