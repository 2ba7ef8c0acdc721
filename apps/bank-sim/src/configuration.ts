// The simulator's configuration: it has to be told that it is one, and listens on
// loopback only.
import { z } from 'zod';
import { loopbackListenerSchema } from '#libs/contract/listener.js';
import { isWeakDoubleLengthKey } from '#libs/paycrypto/des.js';

export const configurationSchema = z.strictObject({
  /** A simulated bank has no place outside a demo. */
  demo: z.literal(true),
  /** ISO 8583 over TCP. */
  listen: loopbackListenerSchema,
  /** HTTP, for tests and the demo's bench. */
  management: loopbackListenerSchema,
  /** Base derivation key of the PIN pads: a test key, 32 hex digits, made fresh for every branch. */
  bdk: z
    .string()
    .regex(/^[0-9A-Fa-f]{32}$/, '32 hex digits')
    .refine((text) => !isWeakDoubleLengthKey(Buffer.from(text, 'hex')), 'two different halves'),
  /** Absent: nothing is kept between runs. */
  stateFile: z.string().min(1).optional(),
  /** Bank holidays on weekdays, YYYY-MM-DD; weekends and 12-31 to 01-03 are known. */
  holidays: z.array(z.iso.date('a date, YYYY-MM-DD')).default([]),
});
export type Configuration = z.infer<typeof configurationSchema>;
