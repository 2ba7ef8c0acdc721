// (CA key id, serial number) → municipality. Fed by the municipalities (PUT
// /v1/municipalities/:code/card-links), asked by nobody but the login.
import type { CardIdentity } from '#libs/pki/statement.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { Parts } from '../parts.js';
import { refused, refusedToCounter, type Refused } from '../refused.js';
import { readClaims } from '../storage/card-links.js';
import type { Municipality } from './registry.js';

/**
 * A card that no municipality ever named, or whose only word is a link that is not usable
 * yet (the day of issue): `card-not-linked`, known from the card alone. Everything else that
 * stands in the way comes from a register and is `go-to-counter`: no claim left (moved,
 * lost), or two, whatever their dates: somebody's register is behind, and nobody can tell
 * whose from here, so nobody issues.
 */
export async function routeByCard(parts: Parts, identity: CardIdentity, session: string): Promise<Result<Municipality, Refused>> {
  const rows = await readClaims(parts.store.read, parts.keyedHash.cardTag(identity.caKeyId, identity.serial));
  if (rows.length === 0) return err(refused('card-not-linked'));
  const claims = rows.filter((row) => row.state === 'linked');
  const [claim, second] = claims;
  // Not logged: that a register let go of somebody is its own affair.
  if (claim === undefined) return err(refusedToCounter);
  if (second !== undefined) {
    // Without the session: joined with the kiosk's log it would tell this refusal from a register's.
    parts.log.warn('card-claimed-twice', { municipalities: claims.map((one) => one.municipality).join(' ') });
    return err(refusedToCounter);
  }
  if (claim.usableFromMs > parts.clock.nowMs()) return err(rows.length === 1 ? refused('card-not-linked') : refusedToCounter);
  const municipality = parts.registry.findMunicipality(claim.municipality);
  if (municipality !== null) return ok(municipality);
  parts.log.error('municipality-unknown', { session, municipality: claim.municipality });
  return err(refused('municipality-unknown'));
}
