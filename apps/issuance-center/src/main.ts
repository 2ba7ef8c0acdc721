// `npm run issuance-center -- --config FILE`
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';

await runPart({ name: 'issuance-center', schema: configurationSchema, start: (configuration) => start(configuration) });
