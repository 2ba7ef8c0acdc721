// `npm run staff -- --config FILE`
import 'reflect-metadata';
import { lookAtDatabase, lookAtListener } from '#devices/doctor/looks.js';
import { runPart } from '#libs/contract/part.js';
import { staffConfigurationSchema } from './configuration.js';
import { start } from './start.js';
import { migrations } from './storage/schema.js';

const looks = [lookAtDatabase(migrations), lookAtListener('listen')];

await runPart({ name: 'staff', schema: staffConfigurationSchema, looks, start });
