import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock, type Clock } from '#libs/std/clock.js';
import { faulty, fine, note } from './finding.js';
import { checkConfigurationFile, checkCoreDumps } from './process.js';
import { examine, type Check } from './run-doctor.js';

const schema = z.strictObject({ demo: z.boolean(), listen: z.strictObject({ host: z.string(), port: z.int() }) });
type Configuration = z.infer<typeof schema>;

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-doctor-'));
  file = join(folder, 'part.json');
  writeFileSync(file, JSON.stringify({ demo: false, listen: { host: '127.0.0.1', port: 0 } }), { mode: 0o600 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const withChecks = (...looks: Check<Configuration>['look'][]): Parameters<typeof examine<Configuration>>[0] => ({
  part: 'staff',
  schema,
  checks: looks.map((look, index) => ({ about: `thing ${index}`, look })),
});

it('is well with notes, and not with a single fault', async () => {
  const well = withChecks(async () => [fine('a', 'good'), note('b', 'to know')]);
  expect((await examine(well, file)).ok).toBe(true);
  const one = withChecks(
    async () => [fine('a', 'good')],
    async () => [faulty('b', { what: 'x is y', expected: 'z', todo: 'do w' })],
  );
  const report = await examine(one, file);
  expect(report.ok).toBe(false);
  expect(report.findings).toContainEqual({ about: 'b', status: 'fault', sentence: 'x is y; expected z: do w.' });
});

it('turns what a check throws, and one that never ends, into faults of their own', async () => {
  const hasty: Clock = { ...systemClock, sleep: () => Promise.resolve() };
  const bad = withChecks(
    () => Promise.reject(new Error('no driver')),
    () => new Promise(() => undefined),
  );
  const { findings, ok } = await examine(bad, file, hasty);
  expect(ok).toBe(false);
  const sentences = findings.filter(({ status }) => status === 'fault').map(({ about, sentence }) => `${about}: ${sentence}`);
  expect(sentences).toEqual([expect.stringMatching(/^thing 0: .*no driver/), expect.stringMatching(/^thing 1: .*did not end within 30 s/)]);
});

it('looks at nothing when the configuration is wrong', async () => {
  const wrong = join(folder, 'wrong.json');
  writeFileSync(wrong, '{"demo": "no"}');
  let looked = 0;
  const report = await examine(
    withChecks(async () => {
      looked++;
      return [];
    }),
    wrong,
  );
  expect(looked).toBe(0);
  expect(report.ok).toBe(false);
  expect(report.findings.map((finding) => finding.sentence.split(': ')[1])).toEqual(['demo = "no"', 'listen = (missing)']);
});

const url = 'postgresql://madoguchi@h/d';
it.each([
  ['a private key', { key: { kty: 'EC', d: 'AAAA' } }],
  ['a secret', { pseudonymSecret: 'AAAA' }],
  ['a password', { database: { url: 'postgresql://madoguchi:AAAA@h/d' } }],
  ['a password', { database: { url: `${url}?password=AAAA` } }],
  ['a private key and a secret', { kiosks: [{ key: { kty: 'EC', x: 'A' } }], key: { kty: 'EC', d: 'A' }, secret: 'AAAA' }],
])('minds who can read %s', (what, configuration) => {
  chmodSync(file, 0o604);
  const [fault, ...others] = checkConfigurationFile(file, configuration);
  expect([fault?.status, fault?.sentence, others]).toEqual([
    'fault',
    `${file} holds ${what} and may be read by every user (mode 604); expected 600 or 640: chmod 640 ${file}.`,
    [],
  ]);
  chmodSync(file, 0o640);
  expect(checkConfigurationFile(file, configuration)).toEqual([]);
});

it('says of no file that it holds what it does not, and minds who can change it', async () => {
  const plain = { database: { url }, kiosks: [{ id: 'KSK00001', key: { kty: 'EC', x: 'AAAA' } }], listen: { host: 'h' } };
  chmodSync(file, 0o644);
  expect(checkConfigurationFile(file, plain)).toEqual([]);
  expect((await examine(withChecks(), file)).ok).toBe(true);
  chmodSync(file, 0o646);
  const sentences = (await examine(withChecks(), file)).findings.filter(({ status }) => status === 'fault').map(({ sentence }) => sentence);
  expect(sentences).toEqual([`${file} may be changed by every user (mode 646); expected 600 or 640: chmod 640 ${file}.`]);
  chmodSync(file, 0o600);
});

it('reads the core limit of the part where it runs, else its own', async () => {
  const shell = spawnSync('sh', ['-c', 'ulimit -c'], { encoding: 'utf8' }).stdout.trim();
  const [own] = checkCoreDumps('staff', file);
  expect(own).toMatchObject({ status: shell === '0' ? 'ok' : 'fault', sentence: expect.stringContaining('of this shell') });

  const main = join(folder, 'apps/staff/src/main.js');
  mkdirSync(join(folder, 'apps/staff/src'), { recursive: true });
  writeFileSync(main, `process.stdout.write('up'); setInterval(() => {}, 1000);`);
  const part = spawn('sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', process.execPath, main, '--config', file]);
  await new Promise((resolve) => part.stdout.once('data', resolve));
  const [its] = checkCoreDumps('staff', file);
  part.kill();
  expect(its).toMatchObject({ status: 'ok', sentence: `off (of process ${part.pid})` });
});
