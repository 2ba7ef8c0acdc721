// Every part: no file named, wrong keys in it → one line each, no stack trace, exit 78
// (EX_CONFIG of sysexits(3)). What is no JSON or no file: libs/contract/configuration.test.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runNode } from './command.js';

const parts = ['kiosk', 'issuance-center', 'municipality', 'staff', 'jpki-sim', 'bank-sim'];

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-configurations-'));
  file = join(folder, 'part.json');
  writeFileSync(file, '{ "demo": true, "listne": { "port": 1 } }');
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(parts)(
  '%s',
  async (part) => {
    const main = `dist/apps/${part}/src/main.js`;
    const [unnamed, wrong] = await Promise.all([runNode(main), runNode(main, ['--config', file])]);
    expect(unnamed).toEqual({ code: 78, stdout: '', stderr: `usage: npm run ${part} -- --config FILE\n` });
    expect(wrong.code).toBe(78);
    expect(wrong.stdout).toBe('');
    expect(wrong.stderr).toContain(`${file}: listen = (missing): `);
    expect(wrong.stderr).toContain(`${file}: listne = (an object): no key of this name here`);
    expect(wrong.stderr).not.toMatch(/^\s+at /m);
  },
  20_000,
);
