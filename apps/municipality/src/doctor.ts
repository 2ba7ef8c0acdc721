// `npm run doctor -- --part municipality --config FILE [--json]`: what it prints with (font,
// seal), what it prints from (database, register), and the center that it works for.
import { checkDatabase } from '#devices/doctor/database.js';
import { faulty, fine, type Finding } from '#devices/doctor/finding.js';
import { checkListener, checkNeighbour, checkRedis } from '#devices/doctor/probes.js';
import { checkCoreDumps } from '#devices/doctor/process.js';
import { runDoctor, type Check } from '#devices/doctor/run-doctor.js';
import { configurationSchema, type Configuration } from './configuration.js';
import { readMaterial } from './material.js';
import { readRegisterFile } from './registers/import.js';

import { migrations } from './storage/schema.js';

const checks: readonly Check<Configuration>[] = [
  {
    about: 'listener',
    look: ({ configuration: { listen }, isRunning }) => checkListener({ about: 'listener', at: listen, isRunning }),
  },
  {
    about: 'database',
    look: ({ configuration: { database, demo } }) => checkDatabase({ database, migrations }, { isDemo: demo }),
  },
  { about: 'Redis', look: ({ configuration }) => checkRedis(configuration.redisUrl) },
  { about: 'font and seal', look: ({ configuration, file }) => Promise.resolve(lookAtMaterial(configuration, file)) },
  { about: 'register', look: ({ configuration }) => Promise.resolve(lookAtRegister(configuration.registerFile)) },
  {
    about: 'center',
    look: ({ configuration: { centerUrl }, clock }) =>
      checkNeighbour({ about: 'center', part: 'issuance-center', url: centerUrl, key: 'centerUrl' }, clock),
  },
  { about: 'core dumps', look: ({ file }) => Promise.resolve(checkCoreDumps('municipality', file)) },
];

await runDoctor({ part: 'municipality', schema: configurationSchema, checks });

/** The same reading as at the start: trust anchors, font, seal. */
function lookAtMaterial(configuration: Configuration, file: string): readonly Finding[] {
  const material = readMaterial(configuration);
  if (material.ok) return [fine('font and seal', 'CAs, typeface and seal imprint were read')];
  return material.error.map(({ key, expected }) =>
    faulty('font and seal', { what: `what ${key} of ${file} names is not usable`, expected, todo: `correct ${key} or what it names` }),
  );
}

function lookAtRegister(registerFile: string | undefined): readonly Finding[] {
  if (registerFile === undefined) return [];
  const read = readRegisterFile(registerFile);
  if (read.ok) return [fine('register', `${registerFile} was read`)];
  return read.error.map(({ key, expected }) =>
    faulty('register', { what: `${registerFile} is wrong at ${key}`, expected, todo: 'have the register exported again' }),
  );
}
