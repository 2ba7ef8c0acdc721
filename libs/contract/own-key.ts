// A party's own key in its configuration file. Apart from base.ts, which the screen's page
// shares: only what runs on Node can multiply points.
import { createECDH } from 'node:crypto';
import { ecPrivateJwk, type EcPrivateJwk } from './base.js';

/** Whose halves belong together (RFC 7518 §6.2.2): with another `d` everybody would refuse what this party signs. */
export const ownKey = ecPrivateJwk.refine(isPair, 'a private key whose d belongs to its x and y');

function isPair({ x, y, d }: EcPrivateJwk): boolean {
  try {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(Buffer.from(d, 'base64url'));
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    return ecdh.getPublicKey().equals(point);
  } catch {
    // Zero, or not below the order of the curve.
    return false;
  }
}
