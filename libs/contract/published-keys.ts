// Keys that anybody can look up, private half and all: from RFCs and from a well-known
// website. One of them in a configuration means that an example was copied (DESIGN §7:
// outside a demo test keys are refused).

/** The x of P-256 keys (RFC 7518 §6.2.1.2). */
const published: ReadonlySet<string> = new Set([
  // RFC 7515 A.3
  'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  // RFC 7517 A.1 and A.2
  'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  // RFC 7518 appendix C: Alice, Bob
  'gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0',
  'weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ',
  // RFC 6979 A.2.5
  'YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y',
  // RFC 9421 B.1.3
  'qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA',
  // jwt.io, ES256
  'EVs_o5-uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf84',
  // The generator itself: private key 1
  'axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY',
]);

export const ownKeyExpected = 'a key of your own, unless demo is true: this one is published';

/** Where in `value` such a key stands, as paths of keys and indexes. */
export function findPublishedKeys(value: unknown, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findPublishedKeys(item, [...path, index]));
  if ('x' in value && typeof value.x === 'string' && published.has(value.x)) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => findPublishedKeys(inner, [...path, key]));
}
