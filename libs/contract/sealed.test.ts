import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecPrivateJwk } from './base.js';
import { decrypt, encrypt, publicHalf } from './sealed.js';

const key = ecPrivateJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));

it('does not tell by its length how much is inside', async () => {
  const [short, long] = [
    `{"members":["one"]}`,
    `{"members":[${Array.from({ length: 20 }, (_, at) => `"somebody ${at}, 世帯員"`).join()}]}`,
  ];
  const sealed = [await encrypt(short, publicHalf(key)), await encrypt(long, publicHalf(key))];
  expect(sealed[0]?.length).toBe(sealed[1]?.length);
  expect(await Promise.all(sealed.map((jwe) => decrypt(jwe, key)))).toEqual([
    { ok: true, value: short },
    { ok: true, value: long },
  ]);
});
