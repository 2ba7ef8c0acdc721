// The simulator's configuration: it has to be told that it is one, and listens on
// loopback only.
import { z } from 'zod';
import { isWeakDoubleLengthKey } from '#libs/paycrypto/des.js';

const loopback = z.enum(['127.0.0.1', '::1'], { error: 'a loopback address: 127.0.0.1 or ::1' });
const listener = z.strictObject({
  host: loopback,
  /** 0: any free port. */
  port: z.int().min(0).max(65_535),
});

export const configurationSchema = z.strictObject({
  /** A simulated bank has no place outside a demo. */
  demo: z.literal(true),
  /** ISO 8583 over TCP. */
  listen: listener,
  /** HTTP, for tests and the demo's bench. */
  management: listener,
  /** Base derivation key of the PIN pads: a test key, 32 hex digits, made fresh for every branch. */
  bdk: z
    .string()
    .regex(/^[0-9A-Fa-f]{32}$/, '32 hex digits')
    .refine((text) => !isWeakDoubleLengthKey(Buffer.from(text, 'hex')), 'two different halves'),
  /** Absent: nothing is kept between runs. */
  stateFile: z.string().min(1).optional(),
  /** Bank holidays on weekdays, YYYY-MM-DD; weekends and 12-31 to 01-03 are known. */
  holidays: z.array(z.iso.date()).default([]),
});
export type Configuration = z.infer<typeof configurationSchema>;
