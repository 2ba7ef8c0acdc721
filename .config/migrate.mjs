// `npm run migrate -- --part NAME --config FILE`: brings that part's database to the version
// of this program and says from where to where. A part does the same when it starts; this
// is for whoever wants to see it happen before, or alone.
import { findPart, parts } from './parts.mjs';

const built = new URL('../dist/', import.meta.url);
const args = process.argv.slice(2);
const part = findPart(args);
const file = args.includes('--config') ? args[args.indexOf('--config') + 1] : undefined;
if (part === null || file === undefined) {
  process.stderr.write(
    [
      `usage: npm run migrate -- --part ${parts.join('|')} --config FILE`,
      'Reads "database" in FILE and runs the migrations that this program has and the database has not had.',
      'Stop the part first, and keep a copy of the database: there is no way back but the copy.',
      '',
    ].join('\n'),
  );
  process.exit(78);
}

const { describeFaults, readConfiguration } = await import(new URL('libs/contract/configuration.js', built));
const { inspect } = await import(new URL('libs/storage/inspect.js', built));
const { Store } = await import(new URL('libs/storage/store.js', built));
const { entities, migrations } = await import(new URL(`apps/${part}/src/storage/schema.js`, built));
const schemas = await import(new URL(`apps/${part}/src/configuration.js`, built));
const schema = schemas.configurationSchema ?? schemas[`${part}ConfigurationSchema`];

const read = readConfiguration(file, schema);
if (!read.ok) end(78, describeFaults(read.error));
// A kiosk has no choice of engine, so its file names none.
const database = { kind: 'sqlite', ...read.value.database };
const before = await look();
const [stranger] = before.unknown;
if (stranger !== undefined) end(1, `${part}: this database was written by a newer program (it has had ${stranger}); nothing was changed.`);
const newest = migrations.length;
const from = before.applied.at(-1) ?? 'an empty database';
if (before.pending.length === 0) end(0, `${part}: already at ${from}, ${newest} of ${newest} migrations; nothing to do.`);
try {
  await (await Store.open({ database, entities, migrations })).close();
} catch (cause) {
  end(1, `${part}: the migration failed and nothing of it was kept: ${cause.message}`);
}
const after = await look();
end(0, `${part}: from ${from} to ${after.applied.at(-1)} (${before.pending.join(', ')}), ${newest} of ${newest} migrations.`);

async function look() {
  const found = await inspect({ database, entities: [], migrations });
  if (!found.ok) end(1, `${part}: the database cannot be read (${found.error.detail}); see "database" in ${file}.`);
  return found.value;
}

function end(code, sentence) {
  (code === 0 ? process.stdout : process.stderr).write(`${sentence}\n`);
  process.exit(code);
}
