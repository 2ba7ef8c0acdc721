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
