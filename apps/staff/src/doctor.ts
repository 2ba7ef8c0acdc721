// `npm run doctor -- --part staff --config FILE [--json]`
import { checkDatabase } from '#devices/doctor/database.js';
import { checkListener } from '#devices/doctor/probes.js';
import { checkCoreDumps } from '#devices/doctor/process.js';
import { runDoctor } from '#devices/doctor/run-doctor.js';
import { staffConfigurationSchema } from './configuration.js';
import { migrations } from './storage/schema.js';

await runDoctor({
  part: 'staff',
  schema: staffConfigurationSchema,
  checks: [
    {
      about: 'listener',
      look: ({ configuration: { listen }, isRunning }) => checkListener({ about: 'listener', at: listen, isRunning }),
    },
    {
      about: 'database',
      look: ({ configuration: { database, demo } }) => checkDatabase({ database, migrations }, { isDemo: demo }),
    },
    { about: 'core dumps', look: ({ file }) => Promise.resolve(checkCoreDumps('staff', file)) },
  ],
});
