// Every part: no file, no JSON, wrong keys → one line each, no stack trace, exit 78
// (EX_CONFIG of sysexits(3)).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runNode } from './command.js';

const parts = ['kiosk', 'issuance-center', 'municipality', 'staff', 'jpki-sim', 'bank-sim'];
const files = { 'text.json': 'port: 1', 'keys.json': '{ "demo": true, "listne": { "port": 1 } }' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-configurations-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(parts)(
  '%s',
  async (part) => {
    const main = `dist/apps/${part}/src/main.js`;
    const [none, absent, text, keys] = await Promise.all([
      runNode(main),
      runNode(main, ['--config', join(folder, 'absent.json')]),
      runNode(main, ['--config', join(folder, 'text.json')]),
      runNode(main, ['--config', join(folder, 'keys.json')]),
    ]);
    expect(none).toEqual({ code: 78, stdout: '', stderr: `usage: npm run ${part} -- --config FILE\n` });
    expect(absent.code).toBe(78);
    expect(absent.stderr).toBe(`${join(folder, 'absent.json')}: (file) = cannot be read (ENOENT): a readable JSON file\n`);
    expect(text.code).toBe(78);
    expect(text.stderr).toBe(`${join(folder, 'text.json')}: (file) = not JSON: JSON\n`);
    expect(keys.code).toBe(78);
    expect(keys.stderr).toContain(`${join(folder, 'keys.json')}: listen = (missing): `);
    expect(keys.stderr).toContain(`${join(folder, 'keys.json')}: listne = (an object): no key of this name here`);
    expect(keys.stderr).not.toMatch(/^\s+at /m);
  },
  20_000,
);
