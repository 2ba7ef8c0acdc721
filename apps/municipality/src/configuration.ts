// The municipality's configuration file. See README.md for each key.
import { z } from 'zod';
import { base64, kioskId, municipalityCode } from '#libs/contract/base.js';
import { databaseSchema, httpUrl, listenerSchema, loopbackListenerSchema, redisUrl } from '#libs/contract/listener.js';
import { othersKey, ownKey } from '#libs/contract/own-key.js';
import { eachOnce, noPublishedKeys, rule } from '#libs/contract/rules.js';
import { profileCorrectionSchema } from '#libs/pki/profile-correction.js';
import { adjustableLimits } from './limits.js';

const sealSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), file: z.string().min(1), sideMm: z.number().min(10).max(40) }),
  /** Demo only: drawn from these columns, right to left. */
  z.strictObject({
    kind: z.literal('fictional'),
    columns: z.array(z.string().min(1).max(8)).min(1).max(4),
    sideMm: z.number().min(10).max(40),
  }),
]);

export const shape = z.strictObject({
  demo: z.boolean(),
  listen: listenerSchema,
  management: loopbackListenerSchema.optional(),
  code: municipalityCode,
  key: ownKey,
  /** Keys the subject pseudonym of the manifest: at least 32 bytes, the same for ever. */
  pseudonymSecret: base64.refine((text) => Buffer.from(text, 'base64').length >= 32, 'base64 of at least 32 bytes'),
  database: databaseSchema,
  /** Wakes the workers of several nodes; without it a timer does. */
  redisUrl: redisUrl.optional(),
  centerKey: othersKey,
  centerUrl: httpUrl,
  /** Who may say what became of a copy. */
  kiosks: z.array(z.strictObject({ id: kioskId, key: othersKey })).min(1),
  /** DER of the CAs for user authentication. */
  trustAnchors: z.array(base64).min(1),
  /** Corrects what is unverified of the cards' certificates; the center has the same (libs/pki/README.md). */
  certificateProfile: profileCorrectionSchema.prefault({}),
  /** Imported at the start where it is newer than what is stored. */
  registerFile: z.string().min(1).optional(),
  fontFile: z.string().min(1).optional(),
  seal: sealSchema,
  limits: adjustableLimits.prefault({}),
});

const { demo, management, seal } = shape.shape;

export const configurationSchema = shape.check(
  rule({ demo, management }, (read, complain) => {
    if (!read.demo && read.management !== undefined) complain(['management'], 'nothing: only a demo has a management port');
  }),
  rule({ demo, seal }, (read, complain) => {
    if (!read.demo && read.seal.kind === 'fictional') complain(['seal', 'kind'], '"file": only a demo has a fictional seal');
  }),
  noPublishedKeys,
  eachOnce('kiosks', 'id'),
  eachOnce('kiosks', 'key'),
);

export type Configuration = z.infer<typeof configurationSchema>;
/** As it is written in a file: what has a default may be missing. */
export type ConfigurationFile = z.input<typeof configurationSchema>;
