import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findDatabaseFault, openNamedStore } from './open-fault.js';
import { takeSoleOwnership } from './sole-owner.js';
import { Store } from './store.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-open-fault-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('makes no folder, whoever opens', async () => {
  const file = join(folder, 'nowhere', 'part.db');
  const options = { database: { kind: 'sqlite', file }, entities: [], migrations: [] } as const;
  expect(await openNamedStore(options)).toMatchObject({ ok: false, error: { key: 'database.file' } });
  await expect(Store.open(options)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(takeSoleOwnership(file)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});

const coded = (code: string): Error => Object.assign(new Error('C4N4RY'), { code });

it.each([
  { kind: 'sqlite', cause: coded('SQLITE_NOTADB'), key: 'database.file', isPassing: undefined },
  { kind: 'sqlite', cause: coded('SQLITE_CANTOPEN_ISDIR'), key: 'database.file', isPassing: undefined },
  { kind: 'sqlite', cause: coded('SQLITE_BUSY'), key: 'database.file', isPassing: true },
  { kind: 'sqlite', cause: coded('SQLITE_FULL'), key: 'database.file', isPassing: true },
  { kind: 'postgresql', cause: coded('ECONNREFUSED'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('57P03'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('53300'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: new Error('Connection terminated due to connection timeout'), key: 'database.url', isPassing: true },
  { kind: 'postgresql', cause: coded('ENOTFOUND'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: coded('28P01'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: coded('3D000'), key: 'database.url', isPassing: undefined },
  { kind: 'postgresql', cause: { driverError: coded('42501') }, key: 'database.url', isPassing: undefined },
] as const)('$kind: names the key, and whether it may pass: case %#', ({ kind, cause, key, isPassing }) => {
  const fault = findDatabaseFault(cause, kind);
  expect([fault?.key, fault?.isPassing]).toEqual([key, isPassing]);
  expect(fault?.expected).not.toContain('C4N4RY');
});

it('leaves alone what is no fault of the database', () => {
  expect(findDatabaseFault(new Error('a bug'), 'postgresql')).toBeNull();
  expect(findDatabaseFault(coded('SQLITE_CONSTRAINT'), 'sqlite')).toBeNull();
  expect(findDatabaseFault(coded('42601'), 'postgresql')).toBeNull();
});
