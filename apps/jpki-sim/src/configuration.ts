// The simulator's configuration: it is a simulator and has to be told so, and it listens
// on loopback only.
import { z } from 'zod';

const loopback = z.enum(['127.0.0.1', '::1'], { error: 'a loopback address: 127.0.0.1 or ::1' });
const listener = z.strictObject({
  host: loopback,
  /** 0: any free port. */
  port: z.int().min(0).max(65_535),
});

export const configurationSchema = z.strictObject({
  /** A simulated CA has no place outside a demo. */
  demo: z.literal(true),
  /** OCSP and CRLs, as the verifier's own line to JPKI would show them. */
  listen: listener,
  /** For tests and the demo's bench. */
  management: listener,
  /** Stands in the certificates' authorityInfoAccess in front of `/ocsp/…`. Absent: the address of `listen`. */
  ocspBaseUrl: z.url({ protocol: /^https?$/ }).optional(),
});
export type Configuration = z.infer<typeof configurationSchema>;
