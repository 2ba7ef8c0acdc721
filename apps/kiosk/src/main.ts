// `npm run kiosk -- --config FILE`
import { runPart } from '#libs/contract/part.js';
import { kioskConfigurationSchema } from './configuration.js';
import { looks } from './start-faults.js';
import { start } from './start.js';

await runPart({ name: 'kiosk', schema: kioskConfigurationSchema, looks, start });
