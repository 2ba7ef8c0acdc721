// All faults of a configuration together (house rule 5): a rule over several keys looks at the keys that it needs,
// whatever is wrong with the others, and so does a look at what the file names. zod alone would tell of the rules
// only when every key for itself is right.
import { z } from 'zod';
import type { StartFault } from './configuration.js';
import { findPublishedKeys, ownKeyExpected } from './published-keys.js';

export type Complain = (path: readonly (string | number)[], expected: string) => void;
type Rule = z.core.$ZodCheck<unknown>;
type Shape = Record<string, z.ZodType>;
type Read<S extends Shape> = z.output<z.ZodObject<S>>;

const always = { when: (): boolean => true };

/** For `schema.check(…)`: `find` complains about the keys that it `needs`, when these are right one by one. */
export function rule<S extends Shape>(needs: S, find: (read: Read<S>, complain: Complain) => void): Rule {
  const part = z.object(needs);
  return z.superRefine<unknown>((value, context) => {
    const read = part.safeParse(value);
    if (!read.success) return;
    find(read.data, (path, message) => context.addIssue({ code: 'custom', path: [...path], message }));
  }, always);
}

/** Outside a demo: no key that anybody can look up. */
export const noPublishedKeys: Rule = z.superRefine<unknown>((value, context) => {
  if (typeof value === 'object' && value !== null && 'demo' in value && value.demo === true) return;
  for (const path of findPublishedKeys(value)) context.addIssue({ code: 'custom', path, message: ownKeyExpected });
}, always);

/**
 * Each entry of the list has a `field` of its own (null: the entries themselves are compared). Two entries under one
 * name would let the file's order decide whose word counts; two names with one key let one speak for the other.
 */
export function eachOnce(list: string, field: string | null): Rule {
  return z.superRefine<unknown>((value, context) => {
    const items = typeof value === 'object' && value !== null ? Reflect.get(value, list) : undefined;
    if (!Array.isArray(items)) return;
    const first = new Map<string, number>();
    items.forEach((item: unknown, index) => {
      const said = textOf(field === null ? item : fieldOf(item, field));
      if (said === null) return;
      const earlier = first.get(said);
      first.set(said, earlier ?? index);
      if (earlier === undefined) return;
      const where = [list, earlier, ...(field === null ? [] : [field])].join('.');
      const path = [list, index, ...(field === null ? [] : [field])];
      context.addIssue({ code: 'custom', path, message: `another than ${where}, which is the same` });
    });
  }, always);
}

function fieldOf(item: unknown, field: string): unknown {
  return typeof item === 'object' && item !== null ? Reflect.get(item, field) : undefined;
}

/** Of a key its x: the other point with the same x has the same private key but for its sign. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'object' && value !== null ? fieldOf(value, 'x') : value;
  return typeof text === 'string' ? text : null;
}

/** Looks at the machine for what the file names; of a file whose keys it needs are wrong it says nothing. */
export type Look = (file: unknown) => Promise<readonly StartFault[]>;
export type Found = readonly StartFault[] | Promise<readonly StartFault[]>;

export function look<S extends Shape>(needs: S, find: (read: Read<S>) => Found): Look {
  const part = z.object(needs);
  return async (file) => {
    const read = part.safeParse(file);
    return read.success ? find(read.data) : [];
  };
}
