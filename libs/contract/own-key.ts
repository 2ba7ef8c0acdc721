// The keys in a configuration file: a party's own, and those of the parties that it believes. Apart from base.ts, which the screen's page
// shares: only what runs on Node can multiply points.
import { createECDH, createPublicKey } from 'node:crypto';
import { ecPrivateJwk, ecPublicJwk, type EcPrivateJwk, type EcPublicJwk } from './base.js';

/** Whose halves belong together (RFC 7518 §6.2.2): with another `d` everybody would refuse what this party signs. */
export const ownKey = ecPrivateJwk.refine(isPair, 'a private key whose d belongs to its x and y');

/** Of another party. What is no point of the curve would make every message of theirs a forgery, for good. */
export const othersKey = ecPublicJwk.refine(isPoint, 'a point of P-256: x and y of one key, as its owner gave them');

function isPoint(key: EcPublicJwk): boolean {
  try {
    return createPublicKey({ key, format: 'jwk' }).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

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
