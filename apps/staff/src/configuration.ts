// The staff part's configuration file.
import { z } from 'zod';
import { kioskId } from '#libs/contract/base.js';

export const staffConfigurationSchema = z.strictObject({
  demo: z.boolean(),
  listen: z.strictObject({ host: z.string().min(1), port: z.int().min(0).max(65_535) }),
  database: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1) }),
    z.strictObject({ kind: z.literal('postgresql'), url: z.string().startsWith('postgres') }),
  ]),
  /** Kiosks of this branch; what comes from another one is refused. */
  kiosks: z.array(kioskId).min(1),
});
export type StaffConfiguration = z.infer<typeof staffConfigurationSchema>;
