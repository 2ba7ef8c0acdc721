import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { configurationSchema, type ConfigurationFile } from './configuration.js';

const { d: _d, ...publicKey } = newKey();

function newKey(): ConfigurationFile['key'] {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return { kty: 'EC', crv: 'P-256', x: jwk.x ?? '', y: jwk.y ?? '', d: jwk.d ?? '' };
}

const inService: ConfigurationFile = {
  demo: false,
  listen: { port: 8443 },
  code: '991015',
  key: newKey(),
  pseudonymSecret: Buffer.alloc(32).toString('base64'),
  database: { kind: 'sqlite', file: 'var/municipality.sqlite' },
  centerKey: publicKey,
  centerUrl: 'https://center.example',
  kiosks: [{ id: 'KIOSK001', key: publicKey }],
  trustAnchors: ['AAAA'],
  seal: { kind: 'file', file: 'seal.png', sideMm: 21 },
};

function faultsOf(file: object): readonly string[] {
  const parsed = configurationSchema.safeParse(file);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
}

describe('the configuration', () => {
  test('of a part in service listens on loopback unless it says otherwise', () => {
    expect(configurationSchema.parse(inService)).toMatchObject({ demo: false, listen: { host: '127.0.0.1', port: 8443 } });
  });

  test('says whether it is a demo', () => {
    const { demo: _demo, ...silent } = inService;
    expect(faultsOf(silent)).toEqual(['demo']);
  });

  test.each([
    ['a management port', { management: { port: 9000 } }, 'management'],
    ['a fictional seal', { seal: { kind: 'fictional', columns: ['印'], sideMm: 21 } }, 'seal.kind'],
  ])('of a part in service has no %s', (_what, changes, key) => {
    expect(faultsOf({ ...inService, ...changes })).toEqual([key]);
    expect(faultsOf({ ...inService, ...changes, demo: true })).toEqual([]);
  });

  test('of a demo has its management port on loopback only', () => {
    expect(faultsOf({ ...inService, demo: true, management: { host: '0.0.0.0', port: 9000 } })).toEqual(['management.host']);
  });

  test.each([
    ['pseudonymSecret', { pseudonymSecret: 'AAAA' }],
    ['kiosks', { kiosks: [] }],
    ['limits.refusalAfterMs', { limits: { refusalAfterMs: 0 } }],
    ['database', { database: { kind: 'mysql' } }],
  ])('names the faulty key: %s', (key, changes) => {
    expect(faultsOf({ ...inService, ...changes }).some((fault) => fault.startsWith(key))).toBe(true);
  });
});
