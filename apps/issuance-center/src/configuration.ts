// The center's configuration file. See README.md for each key.
import { z } from 'zod';
import { base64, kioskId, municipalityCode } from '#libs/contract/base.js';
import { databaseSchema, httpUrl, listenerSchema, redisUrl } from '#libs/contract/listener.js';
import { othersKey, ownKey } from '#libs/contract/own-key.js';
import { eachOnce, noPublishedKeys, rule } from '#libs/contract/rules.js';
import { profileCorrectionSchema, responderCorrectionSchema } from '#libs/pki/profile-correction.js';
import { findAnchorFaults } from '#libs/pki/trust-list.js';
import { adjustableLimits, crlRefreshMs, ocspTimeoutMs } from './limits.js';

const shape = z.strictObject({
  demo: z.boolean(),
  listen: listenerSchema,
  /** The name that login statements carry. */
  center: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'a name of up to 64 letters, digits, dots, hyphens or underscores'),
  /** Signs the verdicts. */
  key: ownKey,
  /** Keys the hashes of card and session: at least 32 bytes, the same for ever, or the index is worth nothing. */
  secret: base64.refine((text) => Buffer.from(text, 'base64').length >= 32, 'base64 of at least 32 bytes'),
  database: databaseSchema,
  /** Wakes the workers of several nodes; without it a timer does. */
  redisUrl: redisUrl.optional(),
  /** DER of the pinned CAs for user authentication. */
  trustAnchors: z.array(base64).min(1),
  /** Corrects what is unverified of the cards' certificates; the municipalities have the same (libs/pki/README.md). */
  certificateProfile: profileCorrectionSchema.prefault({}),
  ocsp: z.strictObject({
    url: httpUrl,
    nonce: z.enum(['required', 'accepted']).default('required'),
    /** Of the CertID (RFC 6960 §4.1.1). */
    certIdHash: z.enum(['sha1', 'sha256']).default('sha1'),
    /** Corrects what is unverified of the responder's certificate (libs/pki/README.md). */
    responder: responderCorrectionSchema.extend({ nocheck: z.enum(['required', 'optional']).default('required') }).prefault({}),
    timeoutMs: ocspTimeoutMs,
  }),
  /** Absent: what OCSP cannot tell is not issued. */
  crl: z
    .strictObject({
      /** One a distribution point. */
      urls: z.array(httpUrl).min(1),
      /** Kinds of certificate that may rest on a list. */
      kinds: z.array(z.enum(['resident-record'])).min(1),
      refreshMs: crlRefreshMs,
    })
    .optional(),
  kiosks: z.array(z.strictObject({ id: kioskId, key: othersKey })).min(1),
  municipalities: z.array(z.strictObject({ code: municipalityCode, url: httpUrl, key: othersKey })).min(1),
  limits: adjustableLimits.prefault({}),
});

const { demo, trustAnchors } = shape.shape;

export const configurationSchema = shape.check(
  rule({ demo, trustAnchors }, (read, complain) => {
    for (const { index, expected } of findAnchorFaults(read.trustAnchors, read.demo)) complain(['trustAnchors', index], expected);
  }),
  noPublishedKeys,
  eachOnce('kiosks', 'id'),
  eachOnce('kiosks', 'key'),
  eachOnce('municipalities', 'code'),
  eachOnce('municipalities', 'key'),
);

export type Configuration = z.infer<typeof configurationSchema>;
/** As it is written in a file: what has a default may be missing. */
export type ConfigurationFile = z.input<typeof configurationSchema>;
