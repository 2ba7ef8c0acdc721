// `node dist/apps/bank-sim/src/main.js --config FILE`
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

await runPart({
  name: 'bank-sim',
  schema: configurationSchema,
  start: async (configuration) => {
    const { host, port, managementUrl, close } = await start(configuration);
    return { ready: `${host}:${port} ${managementUrl}`, close };
  },
});
