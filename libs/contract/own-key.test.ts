import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecPrivateJwk, type EcPrivateJwk } from './base.js';
import { othersKey, ownKey } from './own-key.js';

const newKey = (): EcPrivateJwk =>
  ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));

it('takes a key whose halves belong together', () => {
  const key = newKey();
  expect(ownKey.parse(key)).toEqual(key);
});

it.each([
  { what: 'the d of another key', change: (): Partial<EcPrivateJwk> => ({ d: newKey().d }) },
  { what: 'the x and y of another key', change: (): Partial<EcPrivateJwk> => ({ x: newKey().x, y: newKey().y }) },
  { what: 'a d of zero', change: (): Partial<EcPrivateJwk> => ({ d: 'A'.repeat(43) }) },
  { what: 'a d above the order', change: (): Partial<EcPrivateJwk> => ({ d: `${'_'.repeat(42)}8` }) },
])('refuses $what', ({ change }) => {
  const read = ownKey.safeParse({ ...newKey(), ...change() });
  expect(read.error?.issues.map(({ message }) => message)).toEqual(['a private key whose d belongs to its x and y']);
});

it('of somebody else takes a point of the curve, and nothing that only looks like one', () => {
  const { kty, crv, x, y } = newKey();
  expect(othersKey.parse({ kty, crv, x, y })).toEqual({ kty, crv, x, y });
  for (const wrong of [{ y: x }, { x: y }, { y: newKey().y }, { x: 'A'.repeat(43), y: 'A'.repeat(43) }]) {
    const read = othersKey.safeParse({ kty, crv, x, y, ...wrong });
    expect(read.error?.issues.map(({ message }) => message)).toEqual(['a point of P-256: x and y of one key, as its owner gave them']);
  }
});
