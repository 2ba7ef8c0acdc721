// (CA key id, serial number) → municipality. Fed by the municipalities (PUT
// /v1/municipalities/:code/card-links), asked by nobody but the login.
import type { CardIdentity } from '#libs/pki/statement.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import { refused, refusedToCounter, type Refused } from '../refused.js';
import { readClaims } from '../storage/card-links.js';
import type { Municipality } from './registry.js';

/**
 * Nobody claims the card, or its one link is not usable yet (the day of issue):
 * `card-not-linked`. Two claim it, whatever their dates: somebody's register is behind, and
 * nobody can tell whose from here, so nobody issues.
 */
export async function routeByCard(parts: Parts, identity: CardIdentity, session: string): Promise<Result<Municipality, Refused>> {
  const claims = await readClaims(parts.store.read, parts.keyedHash.cardTag(identity.caKeyId, identity.serial));
  const [claim, second] = claims;
  if (claim === undefined) return err(refused('card-not-linked'));
  if (second !== undefined) {
    parts.log.warn('card-claimed-twice', { session, municipalities: claims.map((one) => one.municipality).join(' ') });
    return err(refusedToCounter);
  }
  if (claim.usableFromMs > parts.clock.nowMs()) return err(refused('card-not-linked'));
  const municipality = parts.registry.findMunicipality(claim.municipality);
  if (municipality !== null) return ok(municipality);
  parts.log.error('municipality-unknown', { session, municipality: claim.municipality });
  return err(refused('municipality-unknown'));
}
