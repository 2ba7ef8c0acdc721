// The two lists of Debian packages, the table of suites that needs them, and the lock file.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { root } from './command.js';

const item = z.strictObject({
  name: z.string(),
  probe: z.string().startsWith('/'),
  units: z.array(z.string()).min(1).optional(),
  for: z.string().min(4),
});
const lists = z
  .object({ startPackages: z.array(item), testPackages: z.array(item), isThere: z.custom<(one: { probe: string }) => boolean>() })
  .parse(await import(join(root, '.config/packages.mjs')));
const { suites } = z
  .object({ suites: z.array(z.strictObject({ files: z.string(), needs: z.array(z.string()).min(1) })) })
  .parse(await import(join(root, '.config/suites.mjs')));
const { startPackages, testPackages, isThere } = lists;
const starts = new Set(startPackages.map((one) => one.name));

it('says of every package what it is for, and names none twice', () => {
  const names = testPackages.map((one) => one.name);
  expect(new Set(names).size).toBe(names.length);
  expect([...starts].filter((name) => !names.includes(name))).toEqual([]);
});

it('has for every package of the tests a suite that needs it', () => {
  const needed = new Set(suites.flatMap((suite) => suite.needs));
  // The seal's code comes with its own issue; its reader is in place.
  const waiting = new Set(['zbar-tools']);
  const forTests = testPackages.filter((one) => !starts.has(one.name) && !waiting.has(one.name));
  expect(forTests.map((one) => one.name).filter((name) => !needed.has(name))).toEqual([]);
  expect([...needed].filter((name) => !testPackages.some((one) => one.name === name))).toEqual([]);
});

it('knows no suite that is not there', () => {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const tests = files.split('\n');
  const opening = (pattern: string): string => pattern.slice(0, pattern.indexOf('*'));
  expect(suites.filter((suite) => !tests.some((file) => file.startsWith(opening(suite.files))))).toEqual([]);
});

it('lists every suite that starts a server', () => {
  const servers = [
    { call: /\bstartPostgres\(/, name: 'postgresql' },
    { call: /\bstartRedis\(/, name: 'redis-server' },
  ];
  const files = execFileSync('git', ['ls-files', 'test', 'apps', 'libs', 'devices'], { cwd: root, encoding: 'utf8' }).split('\n');
  const tests = files.filter((file) => file.endsWith('.test.ts') && existsSync(join(root, file)));
  const needsOf = (file: string): string[] =>
    suites.filter((suite) => file.startsWith(suite.files.slice(0, suite.files.indexOf('*')))).flatMap((suite) => suite.needs);
  const starting = tests.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return servers.filter(({ call }) => call.test(text)).map(({ name }) => ({ file, name }));
  });
  expect(starting.length).toBeGreaterThan(3);
  expect(starting.filter(({ file, name }) => !needsOf(file).includes(name))).toEqual([]);
});

it('finds what dpkg has installed where the list says', () => {
  const asked = spawnSync('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n'], { encoding: 'utf8' });
  const installed = new Set(
    (asked.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  expect(testPackages.filter((one) => installed.has(one.name) && !isThere(one)).map((one) => one.name)).toEqual([]);
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
});
const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
const { packages } = lockSchema.parse(read('package-lock.json'));
const manifest = manifestSchema.parse(read('package.json'));

it('pins every direct dependency to one version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  expect(Object.entries(all).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
});

it('has decided about every install script by name', () => {
  const withScript = Object.entries(packages).filter(([, one]) => one.hasInstallScript === true);
  const names = withScript.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  // fsevents is for macOS alone.
  expect(names.filter((name) => !(name in manifest.allowScripts) && name !== 'fsevents')).toEqual([]);
});

/** npm writes a lock without the platforms that its registry does not carry, and then `npm ci` refuses it. */
it('names in the lock file every platform of an optional package', () => {
  const missing = Object.entries(packages).flatMap(([path, one]) =>
    Object.keys(one.optionalDependencies ?? {}).filter((name) => path !== '' && !isLocked(path, name)),
  );
  expect(missing).toEqual([]);
});

function isLocked(from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}

it('is what the continuous integration runs', () => {
  expect(existsSync(join(root, '.ci/run'))).toBe(true);
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('npm run check');
});
