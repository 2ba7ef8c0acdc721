// `node dist/apps/jpki-sim/src/main.js --config FILE`
import { lookAtListener } from '#devices/doctor/looks.js';
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { startAsNamed } from './start.js';

await runPart({
  name: 'jpki-sim',
  schema: configurationSchema,
  looks: [lookAtListener('listen'), lookAtListener('management')],
  start: async (configuration) => {
    const started = await startAsNamed(configuration);
    if (!started.ok) return started;
    const { url, managementUrl, close } = started.value;
    return { ready: `${url} ${managementUrl}`, close };
  },
});
