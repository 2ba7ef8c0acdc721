// The line between kiosk and PIN pad: JSON objects in UTF-8, one a line, over TCP. There
// is no public protocol for an encrypting PIN pad; this one is ours, so small that an
// adapter to a maker's library can speak it. What a pad can say holds no PIN.
import { z } from 'zod';
import { yen } from '#libs/contract/base.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

const id = z.uuid();

/** Kiosk to pad. */
export const toPadSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status'), id }),
  z.strictObject({
    type: z.literal('enter-pin'),
    id,
    pan: z.string().regex(/^\d{13,19}$/),
    amountYen: yen,
    timeoutMs: z.int().min(1).max(limits.longestEntryMs),
  }),
  /** Of the entry with this id. The pad answers the entry with `cancelled`. */
  z.strictObject({ type: z.literal('cancel'), id }),
]);
export type ToPad = z.infer<typeof toPadSchema>;

/** Pad to kiosk; `id` is that of the question. After `digits` come any number of further ones, then exactly one end. */
export const fromPadSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status'), id, state: z.enum(['ready', 'busy', 'keys-exhausted']) }),
  z.strictObject({ type: z.literal('digits'), id, count: z.int().min(0).max(12) }),
  z.strictObject({
    type: z.literal('pin'),
    id,
    pinBlock: z.string().regex(/^[0-9A-F]{16}$/),
    ksn: z.string().regex(/^[0-9A-F]{20}$/),
  }),
  z.strictObject({ type: z.literal('cancelled'), id }),
  z.strictObject({ type: z.literal('timed-out'), id }),
  z.strictObject({ type: z.literal('refused'), id, reason: z.enum(['busy', 'keys-exhausted']) }),
]);
export type FromPad = z.infer<typeof fromPadSchema>;

export function encodeLine(message: ToPad | FromPad): string {
  return `${JSON.stringify(message)}\n`;
}

export type LineFault = { readonly code: 'line-too-long' | 'not-json' | 'not-of-the-protocol' };

/** Collects a stream of lines. After a fault the other end is not to be trusted: close. */
export class LineReader<T> {
  readonly #schema: z.ZodType<T>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(schema: z.ZodType<T>) {
    this.#schema = schema;
  }

  /** The messages that `chunk` completes, in order. */
  push(chunk: Buffer): Result<readonly T[], LineFault> {
    let rest = Buffer.concat([this.#rest, chunk]);
    const messages: T[] = [];
    for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
      if (end >= limits.lineBytes) return err({ code: 'line-too-long' });
      const message = this.#parse(rest.toString('utf8', 0, end));
      if (!message.ok) return message;
      messages.push(message.value);
      rest = rest.subarray(end + 1);
    }
    if (rest.length >= limits.lineBytes) return err({ code: 'line-too-long' });
    this.#rest = Buffer.from(rest);
    return ok(messages);
  }

  #parse(line: string): Result<T, LineFault> {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return err({ code: 'not-json' });
    }
    const parsed = this.#schema.safeParse(json);
    return parsed.success ? ok(parsed.data) : err({ code: 'not-of-the-protocol' });
  }
}
