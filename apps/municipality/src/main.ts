// `npm run municipality -- --config FILE`
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

await runPart({
  name: 'municipality',
  schema: configurationSchema,
  start: async (configuration) => {
    const started = await start(configuration);
    if (!started.ok) return started;
    const { url, managementUrl, close } = started.value;
    return { ready: managementUrl === null ? url : `${url} ${managementUrl}`, close };
  },
});
