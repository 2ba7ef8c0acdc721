// `npm run migrate -- --part NAME --config FILE`: brings that part's database to the version
// of this program and says from where to where. A part does the same when it starts; this
// is for whoever wants to see it happen before, or alone. Without arguments: the databases
// that `npm start` has left under var/demo.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findPart, parts } from './parts.mjs';

// As when a part makes its own (libs/contract/part.ts).
process.umask(0o077);
const built = new URL('../dist/', import.meta.url);
const load = (module) => import(new URL(module, built));
const { refuseArgumentFault } = await load('libs/contract/part.js');
const args = process.argv.slice(2);
const options = { part: { type: 'string' }, config: { type: 'string' } };
const demo = join('var', 'demo');

if (args.length === 0) await migrateDemo();
else await migrateNamed();

async function migrateNamed() {
  refuseArgumentFault({ args, options });
  const part = findPart(args);
  const file = parseArgs({ args, options }).values.config;
  if (part === null || file === undefined) {
    process.stderr.write(
      [
        `usage: npm run migrate -- --part ${parts.join('|')} --config FILE`,
        'Reads "database" in FILE and runs the migrations that this program has and the database has not had.',
        'Stop the part first, and keep a copy of the database: there is no way back but the copy.',
        `Without arguments: the databases of the demo under ${demo}.`,
        '',
      ].join('\n'),
    );
    process.exit(78);
  }
  say(await migrate({ part, file, label: part }));
}

/** The files that the demo has written for its parts; with another database than its own it keeps nothing there. */
async function migrateDemo() {
  const names = existsSync(demo) ? readdirSync(demo).sort() : [];
  let found = 0;
  for (const name of names) {
    const label = name.slice(0, -'.json'.length);
    const part = parts.find((one) => name === `${one}.json` || (name.startsWith(`${one}-`) && name.endsWith('.json')));
    if (part === undefined || !existsSync(join(demo, `${label}.db`))) continue;
    found += 1;
    say(await migrate({ part, file: join(demo, name), label }));
  }
  if (found > 0) return;
  say({
    code: 0,
    sentence: `There is nothing to migrate: ${resolve(demo)} holds no database. For a database elsewhere: npm run migrate -- --part ${parts.join('|')} --config FILE`,
  });
}

/** What became of one database, in a sentence; 0: it is of this program's version now. */
async function migrate({ part, file, label }) {
  const { describeFaults, readConfiguration, startFaults } = await load('libs/contract/configuration.js');
  const { inspect } = await load('libs/storage/inspect.js');
  const { findFolderFault } = await load('libs/storage/open-fault.js');
  const { Store } = await load('libs/storage/store.js');
  const { entities, migrations } = await load(`apps/${part}/src/storage/schema.js`);
  const schemas = await load(`apps/${part}/src/configuration.js`);
  const read = readConfiguration(file, schemas.configurationSchema ?? schemas[`${part}ConfigurationSchema`]);
  if (!read.ok) return { code: 78, sentence: describeFaults(read.error) };
  // A kiosk has no choice of engine, so its file names none.
  const database = { kind: 'sqlite', ...read.value.database };
  const named = findFolderFault(database);
  if (named !== null) return { code: 78, sentence: describeFaults(startFaults(file, [named])) };
  const look = () => inspect({ database, entities: [], migrations });
  const unreadable = ({ detail }) => ({
    code: 1,
    sentence: `${label}: the database cannot be read (${detail}); see "database" in ${file}.`,
  });

  const before = await look();
  if (!before.ok) return unreadable(before.error);
  const { applied, pending, unknown } = before.value;
  if (unknown.length > 0) {
    const by = unknown.length < applied.length ? 'written by a newer program' : 'made by another part or program';
    return { code: 1, sentence: `${label}: this database was ${by} (it has had ${unknown[0]}); nothing was changed.` };
  }
  const newest = migrations.length;
  const from = applied.at(-1) ?? 'an empty database';
  if (pending.length === 0) return { code: 0, sentence: `${label}: already at ${from}, ${newest} of ${newest} migrations; nothing to do.` };
  try {
    await (await Store.open({ database, entities, migrations })).close();
  } catch (cause) {
    return { code: 1, sentence: `${label}: the migration failed and nothing of it was kept: ${cause.message}` };
  }
  const after = await look();
  if (!after.ok) return unreadable(after.error);
  const to = after.value.applied.at(-1);
  return { code: 0, sentence: `${label}: from ${from} to ${to} (${pending.join(', ')}), ${newest} of ${newest} migrations.` };
}

/** The worst of all codes is the command's. */
function say({ code, sentence }) {
  (code === 0 ? process.stdout : process.stderr).write(`${sentence}\n`);
  process.exitCode = Math.max(process.exitCode ?? 0, code);
}
