import { execFileSync } from 'node:child_process';
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

function faultsOf(text: string | Buffer): string {
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

it('refuses a key that stands twice, with both lines, beside every other fault', () => {
  const text = `{\n  "port": 1,\n  "database": {\n    "url": "mysql://h/d",\n    "url": "postgres://u@h/d"\n  },\n  "port": 70000\n}`;
  expect(faultsOf(text).split('\n')).toEqual([
    `${file}: database.url = twice, on lines 4 and 5: each key once`,
    `${file}: port = twice, on lines 2 and 7: each key once`,
    `${file}: key = (missing): Invalid input: expected object, received undefined`,
    `${file}: pseudonymSecret = (missing): base64`,
  ]);
  expect(faultsOf(`${JSON.stringify(good).slice(0, -1)}, "port": 1}`)).toBe(`${file}: port = twice, on lines 1 and 1: each key once`);
});

it('refuses a number that would be another one than is written', () => {
  const large = JSON.stringify(good).replace('"port":1', '"port":1e999');
  expect(faultsOf(large)).toBe(`${file}: port = 1e999: a number of at most 9007199254740991 (line 1)`);
  expect(faultsOf(`{"key": 12345678901234567890}`)).not.toContain('1234567890');
});

it.each([
  [Buffer.from('{\n  "name": "\xe9"\n}', 'latin1'), 'not UTF-8: line 2'],
  [Buffer.from('\uFEFF{ "demo": true }', 'utf16le'), 'not UTF-8: line 1'],
  [Buffer.from([...Buffer.from('{}\n'), 0xe3, 0x81]), 'not UTF-8: line 2'],
])('says which line is not UTF-8: case %#', (bytes, value) => {
  expect(faultsOf(bytes)).toBe(`${file}: (file) = ${value}: JSON in UTF-8`);
});

it('reads no folder and waits for no pipe', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const said = [folder, pipe, '/dev/null']
    .map((path) => readConfiguration(path, schema))
    .map((read) => (read.ok ? '' : describeFaults(read.error)));
  expect(said).toEqual([
    `${folder}: (file) = a folder: a readable JSON file`,
    `${pipe}: (file) = no regular file: a readable JSON file`,
    '/dev/null: (file) = no regular file: a readable JSON file',
  ]);
});

it('stays on one line, whatever a key is called', () => {
  expect(faultsIn({ 'a\nb\u001b[31m\u2028': 1 })).toBe(`${file}: a\uFFFDb\uFFFD[31m\uFFFD = 1: no key of this name here`);
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
