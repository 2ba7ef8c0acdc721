// What may stand in a configuration file, and what the pages say of it: the same keys, and the same
// defaults. The table of a page has rows `| key | …`; a cell `bank.host`, `.port` names two keys.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { configurationSchema as bankSchema } from '../../apps/bank-sim/src/configuration.js';
import { configurationSchema as centerSchema } from '../../apps/issuance-center/src/configuration.js';
import { configurationSchema as jpkiSchema } from '../../apps/jpki-sim/src/configuration.js';
import { kioskConfigurationSchema } from '../../apps/kiosk/src/configuration.js';
import { configurationSchema as townSchema } from '../../apps/municipality/src/configuration.js';
import { staffConfigurationSchema } from '../../apps/staff/src/configuration.js';
import { root } from './command.js';

const pages: readonly (readonly [page: string, schema: z.ZodType])[] = [
  ['apps/kiosk/INSTALL.md', kioskConfigurationSchema],
  ['apps/issuance-center/README.md', centerSchema],
  ['apps/municipality/README.md', townSchema],
  ['apps/staff/README.md', staffConfigurationSchema],
  ['apps/bank-sim/README.md', bankSchema],
  ['apps/jpki-sim/README.md', jpkiSchema],
];

/** Tables of their own in libs/pki/README.md. */
const elsewhere = ['certificateProfile', 'ocsp.responder'];
/** RFC 7518 §6.2. */
const isOfJwk = (key: string): boolean => /(^|\.)(key|centerKey)\.(kty|crv|x|y|d)$/.test(key);

const nodeSchema = z.looseObject({ default: z.unknown().optional() });
const propertiesSchema = z.record(z.string(), z.unknown());

/** Keys of what may be written → their default; of a list the keys of its items. */
function keysOf(schema: unknown, path: readonly string[] = []): Map<string, unknown> {
  const node = nodeSchema.parse(schema);
  const keys = new Map<string, unknown>();
  const properties = propertiesSchema.parse(node['properties'] ?? {});
  for (const [name, inner] of Object.entries(properties)) {
    const at = [...path, name];
    keys.set(at.join('.'), nodeSchema.parse(inner).default);
    for (const [key, value] of keysOf(inner, at)) keys.set(key, value);
  }
  const variants = [node['anyOf'], node['oneOf'], node['allOf']].flatMap((list) => (Array.isArray(list) ? list : []));
  const inside = node['items'] === undefined ? variants : [...variants, node['items']];
  for (const variant of inside) for (const [key, value] of keysOf(variant, path)) keys.set(key, value);
  return keys;
}

type Row = { readonly key: string; readonly said: string };

function rowsOf(text: string): readonly Row[] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^\| key\s+\|/.test(line));
  const table = lines.slice(first + 2).slice(
    0,
    lines.slice(first + 2).findIndex((line) => !line.startsWith('|')),
  );
  return table.flatMap((line) => {
    const [, cell = '', ...said] = line.split('|');
    let parent: readonly string[] = [];
    return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => {
      const key = (name.startsWith('.') ? [...parent, name.slice(1)].join('.') : name).replaceAll('[]', '');
      parent = key.split('.').slice(0, -1);
      return { key, said: said.join('|') };
    });
  });
}

const asWritten = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const withoutThousands = (text: string): string => text.replace(/(?<=\d)[ ,_](?=\d{3})/g, '');

it.each(pages)('%s', (page, schema) => {
  const all = keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const keys = [...all.keys()].filter((key) => !isOfJwk(key) && !elsewhere.some((place) => key.startsWith(`${place}.`)));
  const rows = rowsOf(readFileSync(join(root, page), 'utf8'));
  const named = new Set(rows.map(({ key }) => key));
  const isNamed = (key: string): boolean => named.has(key) || keys.some((inner) => inner.startsWith(`${key}.`));
  expect(
    keys.filter((key) => !isNamed(key)),
    'keys of which the page is silent',
  ).toEqual([]);
  expect(
    [...named].filter((key) => !keys.includes(key)),
    'keys that are none',
  ).toEqual([]);
  expect(named.size, 'keys named twice').toBe(rows.length);
  const silent = rows.filter(({ key, said }) => {
    const value = all.get(key);
    return value !== undefined && typeof value !== 'object' && !withoutThousands(said).includes(asWritten(value));
  });
  expect(
    silent.map(({ key }) => `${key}: ${asWritten(all.get(key))}`),
    'defaults of which the page is silent',
  ).toEqual([]);
});
