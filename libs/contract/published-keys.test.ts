import { expect, it } from 'vitest';
import { findPublishedKeys } from './published-keys.js';

const x = 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU';

it('finds a published key wherever it stands, and no other', () => {
  const own = { kty: 'EC', x: 'A'.repeat(43) };
  expect(findPublishedKeys({ key: { x }, kiosks: [{ key: own }, { key: { x } }], name: x })).toEqual([['key'], ['kiosks', 1, 'key']]);
  expect(findPublishedKeys({ key: own, list: [null, 1, 'x'] })).toEqual([]);
});
