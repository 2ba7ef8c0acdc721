// What a server answers when it does not do what was asked: RFC 9457 problem details
// with our own `code`. The third kind of wrong: it exists only at the HTTP edge.
import { z } from 'zod';

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  /** Stable, kebab-case; what programs decide by and logs hold. */
  code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** One Japanese sentence that may be shown to a citizen. */
  detail: z.string(),
});

export type Problem = z.infer<typeof problemSchema>;

export const problemContentType = 'application/problem+json';

export function problem(status: number, code: string, detail: string): Problem {
  return { type: `urn:madoguchi:problem:${code}`, title: code, status, code, detail };
}
