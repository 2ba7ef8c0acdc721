// What the configuration files of several parts have in common: where a part listens, and
// where its database is (DESIGN §7).
import { z } from 'zod';

const port = z.int().min(0).max(65_535);

/** Off loopback only where the file names it. Port 0: any free one; the ready line says which. */
export const listenerSchema = z.strictObject({ host: z.string().min(1).default('127.0.0.1'), port });

/** Of a simulator or a management port: on loopback, whatever the file names. */
export const loopbackListenerSchema = z.strictObject({
  host: z.enum(['127.0.0.1', '::1'], { error: 'a loopback address: 127.0.0.1 or ::1' }).default('127.0.0.1'),
  port,
});

export const databaseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite'), file: z.string().min(1) }),
  z.strictObject({ kind: z.literal('postgresql'), url: z.url({ protocol: /^postgres(ql)?$/ }) }),
]);
