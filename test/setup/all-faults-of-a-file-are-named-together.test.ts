// House rule 5: what is wrong with one key says nothing about another, so a file with faults of many kinds is
// corrected once. Kinds: a value of the wrong form, a key that nobody knows, a rule over several keys, an entry
// that is there twice, and what only a look at the machine shows.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shiomidai } from '../../apps/demo/world/registers.js';
import { runNode } from './command.js';
import { openPartFolder, type Json, type PartFolder } from './part-files.js';

let parts: PartFolder;
let folder: string;
let files: Record<string, Json>;
beforeAll(async () => {
  parts = await openPartFolder();
  ({ folder, files } = parts);
});
afterAll(() => parts.close());

const portInUse = (): number => parts.portInUse;
const letter = (): string => join(folder, 'letter.txt');
const published = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
};

/** The keys that are named, in the order of the alphabet; every line has file, key, value and what was expected. */
async function namedBy(
  part: string,
  file: Json,
): Promise<{ readonly code: number | null; readonly keys: readonly string[]; readonly said: string }> {
  const path = join(folder, `${part}.json`);
  writeFileSync(path, JSON.stringify(file));
  const { code, stderr } = await runNode(`dist/apps/${part}/src/main.js`, ['--config', path]);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.filter((line) => !/^\/.*\.json: .+ = .+: .+$/.test(line))).toEqual([]);
  return { code, keys: lines.map((line) => line.replace(`${path}: `, '').split(' = ')[0] ?? '').toSorted(), said: stderr };
}

it('the municipality', async () => {
  const register = join(folder, 'register.json');
  writeFileSync(register, JSON.stringify({ ...shiomidai, municipality: { ...shiomidai.municipality, code: '992020' } }));
  const { kiosks } = files['municipality'] as { kiosks: Json[] };
  const { code, keys, said } = await namedBy('municipality', {
    ...files['municipality'],
    demo: false,
    listen: { host: '127.0.0.1', port: portInUse() },
    management: { port: 0 },
    pseudonymSecret: 'AAAA',
    centerKey: published,
    kiosks: [...kiosks, ...kiosks],
    database: { kind: 'sqlite', file: letter() },
    seal: { kind: 'file', file: join(folder, 'none.png'), sideMm: 24 },
    fontFile: letter(),
    registerFile: register,
    listne: 1,
  });
  expect(code).toBe(78);
  const machine = ['database.file', 'fontFile', 'listen.port', 'registerFile', 'seal.file', 'trustAnchors.0'];
  const inFile = ['centerKey', 'kiosks.1.id', 'kiosks.1.key', 'listne', 'management', 'pseudonymSecret'];
  expect(keys).toEqual([...machine, ...inFile].toSorted());
  expect(said).toContain('kiosks.1.id = "KSK00001": another than kiosks.0.id, which is the same');
  expect(said).toContain('kiosks.1.key = (not shown): another than kiosks.0.key, which is the same');
}, 20_000);

it('the municipality, of a file in which every key for itself is right', async () => {
  const { code, keys } = await namedBy('municipality', {
    ...files['municipality'],
    listen: { host: '127.0.0.1', port: portInUse() },
    database: { kind: 'sqlite', file: letter() },
    seal: { kind: 'file', file: letter(), sideMm: 24 },
    fontFile: letter(),
    registerFile: letter(),
  });
  expect([code, keys]).toEqual([78, ['database.file', 'fontFile', 'listen.port', 'registerFile: (file)', 'seal']]);
}, 20_000);

it('the center', async () => {
  const { kiosks, municipalities } = files['issuance-center'] as { kiosks: Json[]; municipalities: Json[] };
  const { code, keys } = await namedBy('issuance-center', {
    ...files['issuance-center'],
    demo: false,
    listen: { host: '127.0.0.1', port: portInUse() },
    secret: 'AAAA',
    kiosks: [...kiosks, { ...kiosks[0], id: 'KSK00002' }],
    municipalities: [...municipalities, { ...municipalities[0], key: published }],
    database: { kind: 'sqlite', file: letter() },
  });
  const twice = ['kiosks.1.key', 'municipalities.1.code'];
  const others = ['database.file', 'listen.port', 'municipalities.1.key', 'secret', 'trustAnchors.0'];
  expect([code, keys]).toEqual([78, [...twice, ...others].toSorted()]);
}, 20_000);

it('the kiosk', async () => {
  const { municipalities } = files['kiosk'] as { municipalities: Json[] };
  const { code, keys } = await namedBy('kiosk', {
    ...files['kiosk'],
    demo: false,
    branch: '本店',
    listen: { host: '127.0.0.1', port: portInUse() },
    municipalities: [...municipalities, { ...municipalities[0], key: published }, { ...municipalities[0], code: '992020' }],
    database: { file: letter() },
    screenFolder: join(folder, 'nowhere'),
  });
  const twice = ['municipalities.1.code', 'municipalities.2.key'];
  const others = ['branch', 'cardReader.kind', 'cashCardAids.0', 'database.file', 'listen.port', 'municipalities.1.key', 'screenFolder'];
  expect([code, keys]).toEqual([78, [...twice, ...others].toSorted()]);
}, 20_000);

it('staff and the simulators', async () => {
  const staff = { ...files['staff'], demo: 1, listen: { port: portInUse() }, kiosks: ['KSK00001', 'KSK00001'] };
  const named = await namedBy('staff', { ...staff, database: { kind: 'sqlite', file: letter() } });
  expect([named.code, named.keys]).toEqual([78, ['database.file', 'demo', 'kiosks.1', 'listen.port']]);
  for (const part of ['jpki-sim', 'bank-sim']) {
    const { keys } = await namedBy(part, { demo: false, listen: { port: portInUse() }, management: { port: portInUse() } });
    expect(keys).toEqual(['demo', 'listen.port', 'management.port', ...(part === 'bank-sim' ? ['bdk'] : [])].toSorted());
  }
}, 20_000);
