// Installing Debian packages from the set-up: only what is missing, as root or through sudo,
// and without leaving servers behind that nobody asked for. Where that is not allowed, it
// says what it costs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isThere } from './packages.mjs';

/**
 * `findRights`: see below. `run`: one command, true when it ended well; `say`: one line to
 * the person. What is still missing at the end is named, with what it costs.
 */
export function installDebianPackages({ root, wanted, findRights, run, say }) {
  const missing = wanted.filter((item) => !isThere(item));
  if (missing.length === 0) return;
  const asRoot = findRights();
  if (asRoot !== null) install(missing, { asRoot, run, say });
  const left = missing.filter((item) => !isThere(item));
  if (left.length === 0) return;
  say(
    asRoot === null
      ? 'These Debian packages are missing, and this user may not install them:'
      : 'These Debian packages could not be installed:',
  );
  for (const item of left) say(`  ${item.name.padEnd(20)} ${item.for}`);
  say(`By hand: apt-get install --no-install-recommends ${left.map((item) => item.name).join(' ')}`);
  costOf(left, () => unpackFont({ root, run, say })).forEach((line) => say(line));
}

/** How a command becomes root's: `[]`, sudo, or null where it cannot. */
export function findRights(say) {
  if (!existsSync('/usr/bin/apt-get')) return null;
  if (process.getuid?.() === 0) return [];
  if (spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0) return ['sudo', '-n'];
  const hasSudo = ['/usr/bin/sudo', '/bin/sudo'].some((file) => existsSync(file));
  if (!hasSudo || !process.stdin.isTTY || !process.stderr.isTTY) return null;
  say('Debian packages are missing. sudo asks for your password; without one it goes on as it can.');
  return spawnSync('sudo', ['-v'], { stdio: 'inherit' }).status === 0 ? ['sudo', '-n'] : null;
}

function install(missing, { asRoot, run, say }) {
  say('Installing Debian packages:');
  for (const item of missing) say(`  ${item.name.padEnd(20)} ${item.for}`);
  // sudo hands no environment on, so it goes through env(1).
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_SUSPEND=1'];
  const apt = [...asRoot, ...quietly, 'apt-get', '-q', '-o', 'DPkg::Lock::Timeout=120'];
  const from = (names) => run([...apt, 'install', '-y', '--no-install-recommends', ...names]);
  withoutServices({ asRoot, run }, () => {
    run([...apt, 'update']);
    if (from(missing.map((item) => item.name))) return;
    say('apt-get could not install all of them at once; trying one by one.');
    for (const item of missing) if (!isThere(item)) from([item.name]);
  });
  const units = missing.filter(isThere).flatMap((item) => item.units ?? []);
  if (units.length > 0) disable(units, { asRoot, run, say });
}

const policy = '/usr/sbin/policy-rc.d';
const signature = 'madoguchi set-up';

/** Debian's policy-rc.d (invoke-rc.d(8), deb-systemd-invoke(1p)) keeps maintainer scripts from starting servers. */
function withoutServices({ asRoot, run }, act) {
  const isLeftOver = existsSync(policy) && readFileSync(policy, 'utf8').includes(signature);
  const isOurs = !existsSync(policy) || isLeftOver;
  const script = `#!/bin/sh\\n# ${signature}: nothing starts while packages are installed\\nexit 101\\n`;
  // Ctrl-C ends apt-get, not us: the policy must not stay behind.
  const wait = () => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, wait);
  if (isOurs) run([...asRoot, 'sh', '-c', `printf '${script}' > ${policy} && chmod 755 ${policy}`]);
  try {
    act();
  } finally {
    if (isOurs) run([...asRoot, 'rm', '-f', policy]);
    for (const signal of signals) process.off(signal, wait);
  }
}

/**
 * What these packages brought stays off, now and after the next boot: we start what we need
 * on ports of our own, and Debian's vpcd would listen on every interface behind its pcscd.
 */
function disable(units, { asRoot, run, say }) {
  const silently = { stdio: 'ignore' };
  if (existsSync('/run/systemd/system')) run([...asRoot, 'systemctl', 'disable', '--now', ...units], silently);
  for (const name of new Set(units.map((unit) => unit.split('.')[0]))) {
    if (existsSync('/run/systemd/system') || !existsSync(`/etc/init.d/${name}`)) continue;
    run([...asRoot, `/etc/init.d/${name}`, 'stop'], silently);
    run([...asRoot, 'update-rc.d', name, 'disable'], silently);
  }
  say(`Not started, and disabled at boot: ${units.join(', ')}. \`systemctl enable --now\` is yours to call.`);
}

/** What the demo cannot do without them; it starts all the same where it can. */
function costOf(left, findFont) {
  const lacks = (...names) => left.some((item) => names.includes(item.name));
  const costs = [];
  if (lacks('pcscd', 'vsmartcard-vpcd', 'libpcsclite-dev', 'iproute2')) {
    costs.push('No PC/SC: the virtual cards are wired into the kiosk process directly. Everything else is the same.');
  }
  if (lacks('g++', 'make', 'python3')) {
    costs.push('No build tools: better-sqlite3 has to come ready-made from its release page; where that is out of reach, nothing starts.');
  }
  if (lacks('fonts-ipamj-mincho')) {
    const font = findFont();
    if (font !== null) costs.push(`IPAmj Mincho is not installed: the demo uses the copy unpacked under ${font}.`);
    else costs.push('No IPAmj Mincho, and no copy could be fetched: no municipality starts, so the demo branch cannot open.');
  }
  return costs;
}

/** Needs no right of root: apt-get with lists and archives of our own, and dpkg-deb only unpacks. */
function unpackFont({ root, run, say }) {
  const name = 'fonts-ipamj-mincho';
  const to = join(root, 'var', 'debian');
  const file = join(to, 'usr/share/fonts/truetype/ipamj/ipamjm.ttf');
  if (existsSync(file)) return to;
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb')) return null;
  const apt = join(to, 'apt');
  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(apt, folder), { recursive: true });
  const own = ['-q', '-o', `Dir::State::lists=${apt}/lists`, '-o', `Dir::Cache=${apt}/cache`, '-o', 'Debug::NoLocking=1'];
  say(`Fetching ${name} into ${to} …`);
  run(['apt-get', ...own, 'update']);
  run(['apt-get', ...own, 'download', name], { cwd: apt });
  const archive = readdirSync(apt).find((found) => found.startsWith(name) && found.endsWith('.deb'));
  if (archive !== undefined) run(['dpkg-deb', '-x', join(apt, archive), to]);
  rmSync(apt, { recursive: true, force: true });
  return existsSync(file) ? to : null;
}
