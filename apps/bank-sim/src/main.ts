// `node dist/apps/bank-sim/src/main.js --config FILE`
import { lookAtListener } from '#devices/doctor/looks.js';
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { startAsNamed } from './start.js';

await runPart({
  name: 'bank-sim',
  schema: configurationSchema,
  looks: [lookAtListener('listen'), lookAtListener('management')],
  start: async (configuration) => {
    const started = await startAsNamed(configuration);
    if (!started.ok) return started;
    const { host, port, managementUrl, close } = started.value;
    return { ready: `${host}:${port} ${managementUrl}`, close };
  },
});
