// An answer as it is kept, so that the same call gets the same answer again: what was
// done, or the refusal in the same words.
import { z } from 'zod';
import { assert } from '#libs/std/assert.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Refused } from '../refused.js';

const storedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), answer: z.unknown() }),
  z.strictObject({
    kind: z.literal('refused'),
    refused: z.strictObject({ status: z.int(), code: z.string(), sentence: z.string(), isFinal: z.boolean() }),
  }),
]);

export function writeStored(result: Result<unknown, Refused>): string {
  return JSON.stringify(result.ok ? { kind: 'answer', answer: result.value } : { kind: 'refused', refused: result.error });
}

/** The text must come from `writeStored`, the schema must be the one of what was stored. */
export function readStored<T>(text: string, schema: z.ZodType<T>): Result<T, Refused> {
  const stored = storedSchema.parse(JSON.parse(text));
  if (stored.kind === 'refused') return err(stored.refused);
  const answer = schema.safeParse(stored.answer);
  assert(answer.success, 'a stored answer keeps its shape');
  return ok(answer.data);
}
