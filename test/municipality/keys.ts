// Fresh P-256 keys for one run.
import { generateKeyPairSync } from 'node:crypto';
import { ecPrivateJwk, type EcPrivateJwk } from '#libs/contract/base.js';

export function makeKey(): EcPrivateJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return ecPrivateJwk.parse(privateKey.export({ format: 'jwk' }));
}
