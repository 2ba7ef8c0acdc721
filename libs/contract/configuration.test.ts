import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { ecPrivateJwk } from './base.js';
import { describeFaults, readConfiguration, startFaults } from './configuration.js';

const schema = z.strictObject({
  port: z.int('a port').max(65_535, 'a port'),
  key: ecPrivateJwk,
  pseudonymSecret: z.base64('base64'),
  database: z.strictObject({ url: z.url({ protocol: /^postgres$/, error: 'a postgres URL' }) }),
});
const secret = 'A'.repeat(43);
const good = {
  port: 1,
  key: { kty: 'EC', crv: 'P-256', x: secret, y: secret, d: secret },
  pseudonymSecret: 'AAAA',
  database: { url: 'postgres://u@h/d' },
};

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-configuration-'));
  file = join(folder, 'part.json');
});
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(text: string): string {
  writeFileSync(file, text);
  const read = readConfiguration(file, schema);
  return read.ok ? '' : describeFaults(read.error);
}
const faultsIn = (change: object): string => faultsOf(JSON.stringify({ ...good, ...change }));

it('reads what is right', () => {
  expect(faultsIn({})).toBe('');
});

it('names all faults together: file, key, value, what was expected', () => {
  const said = faultsIn({ port: 70_000, database: { url: 'mysql://h/d' } });
  expect(said.split('\n')).toEqual([`${file}: port = 70000: a port`, `${file}: database.url = "mysql://h/d": a postgres URL`]);
});

it('names a key that is too many and one that is missing', () => {
  expect(faultsIn({ prot: 5 })).toBe(`${file}: prot = 5: no key of this name here`);
  expect(faultsIn({ port: undefined })).toBe(`${file}: port = (missing): a port`);
});

it('shows no secret, wherever the fault is', () => {
  const canary = 'C4N4RY+';
  const changes = [
    { key: { ...good.key, d: canary } },
    { key: canary },
    { key: { ...good.key, more: canary } },
    { pseudonymSecret: canary },
    { database: { url: `mysql://user:${canary}@h/d` } },
    { database: { url: `mysql://user:12/${canary}@h/d` } },
    { database: { url: `mysql://user:12@${canary}@h/d` } },
    { database: { url: `mysql://h/d?user=u&password=${canary}` } },
    { database: [canary] },
  ];
  for (const change of changes) {
    const said = faultsIn(change);
    expect(said).not.toBe('');
    expect(said).not.toContain(canary);
  }
  expect(faultsOf(`[{"${canary}": {"d": "${canary}"}}]`)).not.toContain(canary);
  expect(faultsOf(`{"key": ${canary}}`)).toBe(`${file}: (file) = not JSON: line 1, column 9: JSON`);
});

it.each([
  ['{ "demo": yes }', 'not JSON: line 1, column 11'],
  ['{\n  "demo": true,\n  "port": 080\n}', 'not JSON: line 3, column 12'],
  ['{ "position": nil, "text": "in JSON at position 999" }', 'not JSON: line 1, column 16'],
  ["{ 'demo': true }", 'not JSON: line 1, column 3'],
  ['{ "demo": true } }', 'not JSON: line 1, column 18'],
  ['{\n  "demo": "true\n}', 'not JSON: line 2, column 16'],
  ['{ "demo": true, // why\n}', 'not JSON: line 1, column 17'],
  ['{ "demo": tru', 'not JSON: it ends too early'],
  ['{ "demo": [', 'not JSON: it ends too early'],
  ['', 'empty'],
  [' \n', 'empty'],
  ['\uFEFF{}', 'not JSON: it begins with a byte order mark'],
])('says where the file stops being JSON: case %#', (text, value) => {
  expect(faultsOf(text)).toBe(`${file}: (file) = ${value}: JSON`);
});

it('says where the file stops being JSON, and when there is none', () => {
  expect(faultsOf('{\n  "port": 1,\n}')).toBe(`${file}: (file) = not JSON: line 3, column 1: JSON`);
  const none = readConfiguration(join(folder, 'none.json'), schema);
  expect(none.ok ? '' : describeFaults(none.error)).toContain('(file) = cannot be read (ENOENT): a readable JSON file');
});

it('tells faults of the start in the same form', () => {
  writeFileSync(file, JSON.stringify({ seal: { file: 'none.png' }, registerFile: 'r.json' }));
  const faults = [
    { key: 'seal.file', expected: 'a readable PNG file' },
    { key: 'registerFile: residents.3', expected: 'a resident' },
  ];
  expect(describeFaults(startFaults(file, faults)).split('\n')).toEqual([
    `${file}: seal.file = "none.png": a readable PNG file`,
    `${file}: registerFile: residents.3 = "r.json": a resident`,
  ]);
});
