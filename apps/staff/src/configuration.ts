// The staff part's configuration file.
import { z } from 'zod';
import { kioskId } from '#libs/contract/base.js';
import { databaseSchema, listenerSchema } from '#libs/contract/listener.js';
import { eachOnce } from '#libs/contract/rules.js';

export const staffConfigurationSchema = z
  .strictObject({
    demo: z.boolean(),
    listen: listenerSchema,
    database: databaseSchema,
    /** Kiosks of this branch; what comes from another one is refused. */
    kiosks: z.array(kioskId).min(1),
  })
  .check(eachOnce('kiosks', null));
export type StaffConfiguration = z.infer<typeof staffConfigurationSchema>;
