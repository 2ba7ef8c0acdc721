// `npm run issuance-center -- --config FILE`
import { lookAtDatabase, lookAtListener } from '#devices/doctor/looks.js';
import { runPart } from '#libs/contract/part.js';
import { configurationSchema } from './configuration.js';
import { start } from './start.js';
import { migrations } from './storage/schema.js';

const looks = [lookAtDatabase(migrations), lookAtListener('listen')];

await runPart({ name: 'issuance-center', schema: configurationSchema, looks, start: (configuration) => start(configuration) });
