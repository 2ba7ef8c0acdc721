// `npm run staff -- --config FILE`
import 'reflect-metadata';
import { runPart } from '#libs/contract/part.js';
import { staffConfigurationSchema } from './configuration.js';
import { start } from './start.js';

await runPart({ name: 'staff', schema: staffConfigurationSchema, start });
