// `node dist/apps/jpki-sim/src/main.js --config FILE`
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

await runPart({
  name: 'jpki-sim',
  schema: configurationSchema,
  start: async (configuration) => {
    const { url, managementUrl, close } = await start(configuration);
    return { ready: `${url} ${managementUrl}`, close };
  },
});
