// What only the start can find wrong is said with its key and what was expected.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { kioskConfigurationSchema, type KioskConfiguration } from './configuration.js';
import { start } from './start.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-start-'));
  mkdirSync(join(folder, 'screen'));
  writeFileSync(join(folder, 'screen', 'index.html'), '<!doctype html>');
});
afterEach(() => rmSync(folder, { recursive: true }));

const nobody = { host: '127.0.0.1', port: 9 };

function configured(change: Partial<Record<keyof KioskConfiguration, unknown>> = {}): KioskConfiguration {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const { d: _private, ...publicKey } = key;
  return kioskConfigurationSchema.parse({
    demo: true,
    kiosk: 'KIOSK001',
    branch: 'B001',
    listen: { host: '127.0.0.1', port: 0 },
    key,
    database: { file: join(folder, 'kiosk.db') },
    center: { url: 'http://127.0.0.1:9', id: 'center' },
    municipalities: [{ code: '991015', key: publicKey }],
    cardReader: { kind: 'direct', idCardPort: 0, cashCardPort: 0 },
    cashCardAids: ['F0000000010001'],
    pinPad: nobody,
    printer: { uri: 'ipp://127.0.0.1:9/ipp/print' },
    receiptPrinter: nobody,
    bank: { ...nobody, acquirer: '9999' },
    staff: { url: 'http://127.0.0.1:9' },
    screenFolder: join(folder, 'screen'),
    ...change,
  });
}

async function faultKeys(configuration: KioskConfiguration): Promise<readonly string[]> {
  const started = await start(configuration);
  if ('error' in started) return started.error.map(({ key }) => key);
  await started.close();
  return [];
}

/** A port that somebody has. */
async function withTakenPort<T>(use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const used = await use(typeof address === 'object' && address !== null ? address.port : 0);
  await new Promise((resolve) => server.close(resolve));
  return used;
}

it('starts, and starts again on the same database', async () => {
  const configuration = configured();
  expect(await faultKeys(configuration)).toEqual([]);
  expect(await faultKeys(configuration)).toEqual([]);
});

it('names a screen that is not built and a folder that is not there, together', async () => {
  const file = join(folder, 'nowhere', 'kiosk.db');
  expect(await faultKeys(configured({ screenFolder: folder, database: { file } }))).toEqual(['screenFolder', 'database.file']);
});

it('names a database file that is none', async () => {
  const file = join(folder, 'letter.txt');
  writeFileSync(file, 'Dear Sir or Madam, '.repeat(100));
  expect(await faultKeys(configured({ database: { file } }))).toEqual(['database.file']);
});

it('names a port that somebody has', async () => {
  await withTakenPort(async (port) => {
    expect(await faultKeys(configured({ listen: { host: '127.0.0.1', port } }))).toEqual(['listen.port']);
    const cardReader = { kind: 'direct', idCardPort: 0, cashCardPort: port };
    expect(await faultKeys(configured({ cardReader }))).toEqual(['cardReader.cashCardPort']);
  });
  expect(await faultKeys(configured({ listen: { host: '192.0.2.1', port: 0 } }))).toEqual(['listen.host']);
});

it('does not run a second kiosk on the database of one that runs', async () => {
  const configuration = configured();
  const first = await start(configuration);
  const second = await start(configuration);
  expect(second).toMatchObject({ ok: false, error: [{ key: 'database.file', isPassing: true }] });
  if (!('error' in first)) await first.close();
  expect(await faultKeys(configuration)).toEqual([]);
});
