// One value after the other is made wrong in the file of every part: each time it is said in
// words what was expected, never only that it was wrong, and never as a pattern.
import { beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { configurationSchema as centerSchema } from '../../apps/issuance-center/src/configuration.js';
import { TrialAuthority } from '../../apps/issuance-center/src/trial/authority.js';
import { configurationSchema as bankSchema } from '../../apps/bank-sim/src/configuration.js';
import { configurationSchema as jpkiSchema } from '../../apps/jpki-sim/src/configuration.js';
import { kioskConfigurationSchema } from '../../apps/kiosk/src/configuration.js';
import { configurationSchema as townSchema } from '../../apps/municipality/src/configuration.js';
import { staffConfigurationSchema } from '../../apps/staff/src/configuration.js';
import { filesOf, type Json } from './part-files.js';

let certificate: string;
let files: Record<string, Json>;
beforeAll(async () => {
  const authority = await TrialAuthority.start();
  certificate = authority.certificate;
  await authority.close();
  const redisUrl = 'redis://127.0.0.1:6379';
  const database = { kind: 'postgresql', url: 'postgresql://127.0.0.1/madoguchi' };
  const { kiosk, 'issuance-center': center, municipality, staff } = filesOf(certificate, '/tmp');
  const listen = { host: '127.0.0.1', port: 0 };
  const tls = { trustedCertificate: pem(certificate), certificateSha256: 'a'.repeat(64) };
  files = {
    kiosk: { ...kiosk, database: { file: 'kiosk.db' }, printer: { uri: 'ipps://127.0.0.1/ipp', tls } },
    'issuance-center': { ...center, database, redisUrl, crl: { urls: ['http://127.0.0.1/crl'], kinds: ['resident-record'] } },
    municipality: { ...municipality, database, redisUrl, management: listen },
    staff: { ...staff, database },
    'jpki-sim': { demo: true, listen, management: listen, ocspBaseUrl: 'http://127.0.0.1' },
    'bank-sim': { demo: true, listen, management: listen, bdk: '0123456789ABCDEFFEDCBA9876543210', holidays: ['2026-01-01'] },
  };
});

const pem = (der: string): string => `-----BEGIN CERTIFICATE-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;

const schemas: Readonly<Record<string, z.ZodType>> = {
  kiosk: kioskConfigurationSchema,
  'issuance-center': centerSchema,
  municipality: townSchema,
  staff: staffConfigurationSchema,
  'jpki-sim': jpkiSchema,
  'bank-sim': bankSchema,
};

function faultsOf(part: string, file: unknown): string[] {
  const parsed = schemas[part]?.safeParse(file);
  return parsed?.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

/** The value with one thing in it changed, once for each thing. */
function changedOnce(value: unknown, wrong: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [wrong];
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    changedOnce(inner, wrong).map((changed) =>
      Array.isArray(value) ? value.map((item: unknown, index) => (String(index) === key ? changed : item)) : { ...value, [key]: changed },
    ),
  );
  return [wrong, ...inside];
}

it.each(Object.keys(schemas))('%s', (part) => {
  expect(faultsOf(part, files[part])).toEqual([]);
  const said = ['¿', '', -1, {}, []].flatMap((wrong) => changedOnce(files[part], wrong).flatMap((file) => faultsOf(part, file)));
  expect(said.length).toBeGreaterThan(20);
  // Zod's own words where a schema has none: "Invalid URL", "Invalid string: must match pattern /…/".
  expect([...new Set(said)].filter((fault) => /: (Invalid [\w-]+( [\w-]+)?|.*must match pattern.*)$/.test(fault))).toEqual([]);
});

/** Where to, and the same place with port 0, once for each place in the file. */
function calledAtZero(value: unknown, path: readonly string[] = []): { readonly path: string; readonly file: unknown }[] {
  if (typeof value === 'string' && URL.canParse(value) && !value.startsWith('-')) {
    const { protocol, pathname } = new URL(value);
    return [{ path: path.join('.'), file: `${protocol}//127.0.0.1:0${pathname}` }];
  }
  if (path.at(-1) === 'port') return [{ path: path.join('.'), file: 0 }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    calledAtZero(inner, [...path, key]).map(({ path: at, file }) => ({
      path: at,
      file: Array.isArray(value) ? value.map((item: unknown, index) => (String(index) === key ? file : item)) : { ...value, [key]: file },
    })),
  );
}

it.each(Object.keys(schemas))('%s is called at no port 0, and may listen there', (part) => {
  const places = calledAtZero(files[part]);
  expect(places.length).toBeGreaterThan(1);
  for (const { path, file } of places) {
    const isOwn = /^(listen|management|ocspBaseUrl)\b/.test(path);
    expect([path, ...faultsOf(part, file)]).toEqual(isOwn ? [path] : [path, expect.stringMatching(/port/)]);
  }
});

it('takes no certificate of a printer that is none', () => {
  const printer = (trustedCertificate: string): Json => ({
    ...files['kiosk'],
    printer: { uri: 'ipps://p/ipp', tls: { trustedCertificate } },
  });
  expect(faultsOf('kiosk', printer(pem(certificate)))).toEqual([]);
  for (const text of [pem('AAAA'), '-----BEGIN CERTIFICATE-----', 'printer.pem', '']) {
    expect(faultsOf('kiosk', printer(text))).toEqual(['printer.tls.trustedCertificate: a certificate in PEM (X.509)']);
  }
});
