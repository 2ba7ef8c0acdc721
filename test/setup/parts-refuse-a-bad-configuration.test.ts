// Every part: no file named, a pipe, wrong keys in it and one twice → one line each, no stack trace, exit 78
// (EX_CONFIG of sysexits(3)). What is no JSON or no file: libs/contract/configuration.test.ts.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assert } from '#libs/std/assert.js';
import { runNode } from './command.js';

const parts = ['kiosk', 'issuance-center', 'municipality', 'staff', 'jpki-sim', 'bank-sim'];

let folder: string;
let file: string;
let pipe: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-configurations-'));
  file = join(folder, 'part.json');
  writeFileSync(file, '{ "demo": true,\n  "listne": { "port": 1 },\n  "demo": false }');
  pipe = join(folder, 'pipe.json');
  execFileSync('mkfifo', [pipe]);
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(parts)(
  '%s',
  async (part) => {
    const main = `dist/apps/${part}/src/main.js`;
    const [unnamed, wrong, endless] = await Promise.all([[], ['--config', file], ['--config', pipe]].map((args) => runNode(main, args)));
    expect(unnamed).toEqual({ code: 78, stdout: '', stderr: `usage: npm run ${part} -- --config FILE\n` });
    expect(endless).toEqual({ code: 78, stdout: '', stderr: `${pipe}: (file) = no regular file: a readable JSON file\n` });
    assert(wrong !== undefined, 'three commands have ended');
    expect(wrong.code).toBe(78);
    expect(wrong.stdout).toBe('');
    expect(wrong.stderr).toContain(`${file}: demo = twice, on lines 1 and 3: each key once\n`);
    expect(wrong.stderr).toContain(`${file}: listen = (missing): `);
    expect(wrong.stderr).toContain(`${file}: listne = (an object): no key of this name here`);
    expect(wrong.stderr).not.toMatch(/^\s+at /m);
  },
  20_000,
);

const part = (name: string): string => `dist/apps/${name}/src/main.js`;
const commands: readonly (readonly [command: string, ...words: readonly string[]])[] = [
  ...parts.map((name): readonly [string] => [part(name)]),
  ['.config/migrate.mjs', '--part', 'kiosk'],
  ['.config/doctor.mjs', '--part', 'kiosk'],
];

it.each(commands)(
  'an argument that there is not, or one too many, is refused in one line: %s %s %s',
  async (command, ...words) => {
    const refused = async (args: readonly string[], line: string): Promise<void> =>
      expect(await runNode(command, [...words, '--config', file, ...args])).toEqual({ code: 64, stdout: '', stderr: `${line}\n` });
    await Promise.all([
      refused(['--config', pipe], '--config: only once'),
      refused(['--bogus'], '--bogus: an argument that there is not'),
      refused(['extra'], 'extra: an argument that there is not'),
    ]);
  },
  20_000,
);

it.each(['dist/apps/demo/src/main.js', 'dist/apps/demo/src/card.js', 'dist/test/bench/main.js', '.config/dev.mjs'])(
  'so is one for %s',
  async (command) => {
    const ended = await runNode(command, ['--bogus']);
    expect(ended).toEqual({ code: 64, stdout: '', stderr: '--bogus: an argument that there is not\n' });
  },
  20_000,
);

it('a flag is known to the part that has it, and to no other', async () => {
  const [town, staff] = await Promise.all(
    ['municipality', 'staff'].map((name) => runNode(part(name), ['--push-all-links', '--config', pipe])),
  );
  expect([town?.code, staff?.code]).toEqual([78, 64]);
  expect(staff?.stderr).toBe('--push-all-links: an argument that there is not\n');
}, 20_000);

it('two citizens for one slot are refused', async () => {
  const ended = await runNode('dist/apps/demo/src/card.js', ['insert', '--citizen', 'shikko', '--citizen', 'hitori-gurashi']);
  expect(ended).toEqual({ code: 64, stdout: '', stderr: '--citizen: only once\n' });
}, 20_000);

it.each(['x', '0', '-1', '1.5', ''])(
  'a bench of "%s" visits is refused',
  async (visits) => {
    const ended = await runNode('dist/test/bench/main.js', [`--visits=${visits}`]);
    expect(ended).toEqual({ code: 64, stdout: '', stderr: `--visits ${visits}: a whole number from 1 to 999999 was expected\n` });
  },
  20_000,
);
