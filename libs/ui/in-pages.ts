// Nothing scrolls: a list that is longer than a screen holds becomes pages, as even as
// they can be (nine people at most six a page are five and four, not six and three).
import { assert } from '#libs/std/assert.js';

/** At least one page, also for an empty list. */
export function inPages<T>(items: readonly T[], atMost: number): readonly (readonly T[])[] {
  assert(Number.isInteger(atMost) && atMost > 0, 'a page holds at least one item');
  const pages = Math.max(1, Math.ceil(items.length / atMost));
  const size = Math.max(1, Math.ceil(items.length / pages));
  return Array.from({ length: pages }, (_, page) => items.slice(page * size, (page + 1) * size));
}
