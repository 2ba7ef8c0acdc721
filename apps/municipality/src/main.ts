// `npm run municipality -- --config FILE [--push-all-links]`: with the flag the center is told all
// card links anew, as after a loss on its side.
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { looks } from './material.js';
import { start } from './start.js';

await runPart({
  name: 'municipality',
  schema: configurationSchema,
  looks,
  flags: ['push-all-links'],
  start: async (configuration, isGiven) => {
    const started = await start(configuration, {}, { pushAllLinks: isGiven('push-all-links') });
    if (!started.ok) return started;
    const { url, managementUrl, close } = started.value;
    return { ready: managementUrl === null ? url : `${url} ${managementUrl}`, close };
  },
});
