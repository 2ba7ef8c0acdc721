// Every app's migrations make the same schema on SQLite and on PostgreSQL, lose no row on
// the way, and end at what the entities declare. An app with a storage folder is found by
// itself; nobody has to remember to add it here.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  Counter,
  Counters1700000000000,
  CountersChanged1700000001000,
  OneSided1700000003000,
  ValueAnew1700000002000,
} from '#libs/storage/sample-schema.js';
import { schemaDifferences, walk, type AppSchema, type Walk } from '#libs/storage/schema-comparison.js';
import { newDatabase, startPostgres, type RunningServer } from '../world/databases.js';

const appsFolder = new URL('../../apps/', import.meta.url).pathname;
const appsWithStorage = readdirSync(appsFolder).filter((app) => existsSync(join(appsFolder, app, 'src', 'storage')));

let postgres: RunningServer;
let folder: string;
let files = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-schemas-'));
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function walkOnBoth(app: AppSchema): Promise<{ readonly sqlite: Walk; readonly postgresql: Walk }> {
  const file = (): { kind: 'sqlite'; file: string } => ({ kind: 'sqlite', file: join(folder, `${files++}.sqlite`) });
  const database = async (): Promise<{ kind: 'postgresql'; url: string }> => ({ kind: 'postgresql', url: await newDatabase(postgres.url) });
  return {
    sqlite: await walk(app, { stepwise: file(), atOnce: file() }),
    postgresql: await walk(app, { stepwise: await database(), atOnce: await database() }),
  };
}

function faults(both: { readonly sqlite: Walk; readonly postgresql: Walk }): string[] {
  const { sqlite, postgresql } = both;
  const steps = sqlite.steps.flatMap((step, at) => [
    ...schemaDifferences(step.schema, postgresql.steps[at]?.schema ?? []).map((fault) => `after ${step.migration}: ${fault}`),
    ...step.lost.map((row) => `SQLite lost in ${step.migration}: ${row}`),
    ...(postgresql.steps[at]?.lost ?? []).map((row) => `PostgreSQL lost in ${step.migration}: ${row}`),
  ]);
  const ends = [sqlite, postgresql].flatMap((one) => schemaDifferences(one.steps.at(-1)?.schema ?? [], one.fromEmpty));
  const drift = [
    ...sqlite.drift.map((sql) => `SQLite is not as declared: ${sql}`),
    ...postgresql.drift.map((sql) => `PostgreSQL is not as declared: ${sql}`),
  ];
  return [...steps, ...ends, ...drift];
}

describe('the comparison itself', () => {
  const good = [Counters1700000000000, CountersChanged1700000001000];

  test('agrees with a schema that is the same on both, with a partial index and a trigger', async () => {
    const both = await walkOnBoth({ entities: [Counter], migrations: good });
    expect(faults(both)).toEqual([]);
    expect(both.sqlite.fromEmpty).toMatchObject([
      {
        name: 'counters',
        primaryKey: ['id'],
        indexes: [{ name: 'counters_owner', columns: ['owner'], unique: true, partial: true }],
        triggers: ['before delete'],
      },
    ]);
    expect(both.sqlite.fromEmpty[0]?.columns).toContainEqual({ name: 'changedMs', type: 'bigint', nullable: true });
  }, 60_000);

  test('notices an index that one engine has not', async () => {
    const found = faults(await walkOnBoth({ entities: [Counter], migrations: [...good, OneSided1700000003000] }));
    expect(found.some((fault) => fault.startsWith('after OneSided1700000003000: counters.indexes'))).toBe(true);
  }, 60_000);

  test('notices a migration that loses what stood in a column', async () => {
    const found = faults(await walkOnBoth({ entities: [Counter], migrations: [...good, ValueAnew1700000002000] }));
    expect(found.some((fault) => fault.startsWith('PostgreSQL lost in ValueAnew1700000002000: counters'))).toBe(true);
  }, 60_000);

  test('notices an entity that no migration made', async () => {
    const found = faults(await walkOnBoth({ entities: [Counter], migrations: [Counters1700000000000] }));
    expect(found.filter((fault) => fault.includes('is not as declared') && fault.includes('changedMs')).length).toBeGreaterThan(1);
  }, 60_000);
});

describe('the apps', () => {
  test('that keep anything are here', () => {
    expect(appsWithStorage).toContain('issuance-center');
  });

  test.each(appsWithStorage)(
    '%s',
    async (app) => {
      const both = await walkOnBoth(await schemaOf(app));
      expect(both.sqlite.steps.length).toBeGreaterThan(0);
      expect(faults(both)).toEqual([]);
    },
    120_000,
  );
});

async function schemaOf(app: string): Promise<AppSchema> {
  const file = join(appsFolder, app, 'src', 'storage', 'schema.ts');
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const { entities, migrations } = module;
  if (!isClasses(entities) || !isClasses(migrations)) throw new Error(`${app}/src/storage/schema.ts exports no entities and migrations`);
  return { entities, migrations } as AppSchema;
}

function isClasses(value: unknown): value is readonly (new () => object)[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'function');
}
