// The simulator's configuration: it is a simulator and has to be told so, and it listens
// on loopback only.
import { z } from 'zod';
import { loopbackListenerSchema } from '#libs/contract/listener.js';

export const configurationSchema = z.strictObject({
  /** A simulated CA has no place outside a demo. */
  demo: z.literal(true),
  /** OCSP and CRLs, as the verifier's own line to JPKI would show them. */
  listen: loopbackListenerSchema,
  /** For tests and the demo's bench. */
  management: loopbackListenerSchema,
  /** Stands in the certificates' authorityInfoAccess in front of `/ocsp/…`. Absent: the address of `listen`. */
  ocspBaseUrl: z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' }).optional(),
});
export type Configuration = z.infer<typeof configurationSchema>;
