// Without `demo: true` a configuration is refused that has anything of a demo in it (DESIGN
// §7), and the example files of the installer are right but for what has to be filled in.
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publicHalf } from '#libs/contract/sealed.js';
import { configurationSchema as bankSchema } from '../../apps/bank-sim/src/configuration.js';
import { configurationSchema as centerSchema } from '../../apps/issuance-center/src/configuration.js';
import { TrialAuthority } from '../../apps/issuance-center/src/trial/authority.js';
import { configurationSchema as jpkiSchema } from '../../apps/jpki-sim/src/configuration.js';
import { kioskConfigurationSchema } from '../../apps/kiosk/src/configuration.js';
import { configurationSchema as municipalitySchema } from '../../apps/municipality/src/configuration.js';
import { start as startMunicipality } from '../../apps/municipality/src/start.js';
import { staffConfigurationSchema } from '../../apps/staff/src/configuration.js';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';
import { root } from './command.js';

type Json = Record<string, unknown>;

function newKey(): EcPrivateJwk {
  return ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));
}

/** RFC 7515 A.3, private half and all. */
const published = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
};
const { d: _d, ...publishedHalf } = published;

let testCa: string;
beforeAll(async () => {
  const authority = await TrialAuthority.start();
  testCa = authority.certificate;
  await authority.close();
});

function example(part: string, filled: Json): Json {
  const text = readFileSync(join(root, `apps/kiosk/install/${part}.example.json`), 'utf8');
  return { ...z.record(z.string(), z.unknown()).parse(JSON.parse(text)), ...filled };
}
const secret = Buffer.alloc(32, 7).toString('base64');
const kiosks = (): Json[] => [{ id: 'KSK00001', key: publicHalf(newKey()) }];
const files = {
  kiosk: (): Json =>
    example('kiosk', {
      key: newKey(),
      municipalities: [{ code: '991015', key: publicHalf(newKey()) }],
      cardReader: { kind: 'pcsc', idCardReader: 'ACS ACR39U 00 00', cashCardReader: 'ACS ACR39U 01 00' },
      cashCardAids: ['A0000000000101'],
      bank: { host: '192.0.2.20', port: 5000, acquirer: '9999' },
    }),
  staff: (): Json => example('staff', {}),
  center: (): Json =>
    example('issuance-center', {
      key: newKey(),
      secret,
      trustAnchors: [testCa],
      kiosks: kiosks(),
      municipalities: [{ code: '991015', url: 'https://shiomidai.example', key: publicHalf(newKey()) }],
    }),
  municipality: (): Json =>
    example('municipality', {
      key: newKey(),
      pseudonymSecret: secret,
      centerKey: publicHalf(newKey()),
      kiosks: kiosks(),
      trustAnchors: [testCa],
    }),
};

function refusals(schema: z.ZodType, json: Json): string[] {
  const parsed = schema.safeParse(json);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
}

describe('the examples', () => {
  it('are complete, once filled in', () => {
    expect(refusals(kioskConfigurationSchema, files.kiosk())).toEqual([]);
    expect(refusals(staffConfigurationSchema, files.staff())).toEqual([]);
    expect(refusals(municipalitySchema, files.municipality())).toEqual([]);
    // The one thing that cannot be made up: a CA of JPKI.
    expect(refusals(centerSchema, files.center())).toEqual(['trustAnchors.0']);
  });

  it.each(['kiosk', 'issuance-center', 'municipality'])('of the %s is refused while it says REPLACE', (part) => {
    const schema = { kiosk: kioskConfigurationSchema, 'issuance-center': centerSchema, municipality: municipalitySchema }[part];
    expect(schema?.safeParse(example(part, {})).success).toBe(false);
  });
});

describe('a kiosk', () => {
  const refused: [string, Json, string][] = [
    [
      'a virtual ID card reader',
      { cardReader: { kind: 'pcsc', idCardReader: 'Virtual PCD 00 00', cashCardReader: 'B' } },
      'cardReader.idCardReader',
    ],
    [
      'a virtual cash card reader',
      { cardReader: { kind: 'pcsc', idCardReader: 'A', cashCardReader: 'Virtual PCD 00 01' } },
      'cardReader.cashCardReader',
    ],
    ['virtual slots in the process', { cardReader: { kind: 'direct', idCardPort: 1, cashCardPort: 2 } }, 'cardReader.kind'],
    ['an unregistered AID', { cashCardAids: ['A0000000000101', 'F0000000010001'] }, 'cashCardAids.1'],
    ['a published key', { key: published }, 'key'],
    ['a municipality with a published key', { municipalities: [{ code: '991015', key: publishedHalf }] }, 'municipalities.0.key'],
  ];
  it.each(refused)('is refused with %s, and let off in a demo', (_what, change, at) => {
    expect(refusals(kioskConfigurationSchema, { ...files.kiosk(), ...change })).toEqual([at]);
    expect(refusals(kioskConfigurationSchema, { ...files.kiosk(), ...change, demo: true })).toEqual([]);
  });

  it('has two readers, demo or not, and no management port', () => {
    const one = { cardReader: { kind: 'pcsc', idCardReader: 'A', cashCardReader: 'A' } };
    expect(refusals(kioskConfigurationSchema, { ...files.kiosk(), ...one, demo: true })).toEqual(['cardReader.cashCardReader']);
    const management = { host: '127.0.0.1', port: 1 };
    expect(kioskConfigurationSchema.safeParse({ ...files.kiosk(), management }).success).toBe(false);
  });
});

describe('a center and a municipality', () => {
  it('are refused with published keys', () => {
    expect(refusals(centerSchema, { ...files.center(), key: published })).toContain('key');
    expect(refusals(municipalitySchema, { ...files.municipality(), centerKey: publishedHalf })).toEqual(['centerKey']);
  });

  it('are refused with a test CA, the municipality when it reads it', async () => {
    expect(refusals(centerSchema, { ...files.center(), demo: true })).toEqual([]);
    const started = await startMunicipality(municipalitySchema.parse(files.municipality()));
    // The example's seal has to be filled in too.
    expect(started).toMatchObject({ ok: false, error: [{ key: 'trustAnchors.0' }, { key: 'seal.file' }] });
  });

  it('have no management port and no drawn seal', () => {
    const management = { host: '127.0.0.1', port: 0 };
    const seal = { kind: 'fictional', columns: ['汐見台', '市長印'], sideMm: 24 };
    expect(refusals(municipalitySchema, { ...files.municipality(), management })).toEqual(['management']);
    expect(refusals(municipalitySchema, { ...files.municipality(), seal })).toEqual(['seal.kind']);
    expect(centerSchema.safeParse({ ...files.center(), demo: true, management }).success).toBe(false);
  });

  it('listen on loopback unless the file names another address', () => {
    const listen = { port: 0 };
    expect(centerSchema.parse({ ...files.center(), demo: true, listen }).listen.host).toBe('127.0.0.1');
    expect(municipalitySchema.parse({ ...files.municipality(), listen }).listen.host).toBe('127.0.0.1');
    expect(kioskConfigurationSchema.parse({ ...files.kiosk(), listen }).listen.host).toBe('127.0.0.1');
    expect(staffConfigurationSchema.parse({ ...files.staff(), listen }).listen.host).toBe('127.0.0.1');
  });
});

it('has no simulator outside a demo, and none off loopback', () => {
  const listen = { host: '127.0.0.1', port: 0 };
  const bdk = '0123456789ABCDEFFEDCBA9876543210';
  for (const [schema, file] of [
    [jpkiSchema, { demo: true, listen, management: listen }],
    [bankSchema, { demo: true, listen, management: listen, bdk }],
  ] as const) {
    expect(schema.safeParse(file).success).toBe(true);
    expect(schema.safeParse({ ...file, demo: false }).success).toBe(false);
    expect(schema.safeParse({ ...file, management: { host: '192.0.2.1', port: 0 } }).success).toBe(false);
    expect(schema.safeParse({ ...file, listen: { host: '0.0.0.0', port: 0 } }).success).toBe(false);
  }
});
