// From a card to what its holder may have: the link to a resident, the register, the rules.
import { judgeEligibility, type Entitlement } from '#libs/certificate/eligibility.js';
import type { Resident } from '#libs/contract/register.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { findCardLink, type CardId } from '../storage/card-links.js';
import { findResident, readHousehold, type EntityManager } from '../storage/registers.js';
import { describePaperRefusal, drawableEntitlement, type Drawable } from './drawable.js';

/** The true reason, for the audited table. */
export type AskerFault = { readonly residentNumber: string | null; readonly reason: string; readonly detail: string | null };
export type Asker = { readonly resident: Resident; readonly entitlement: Entitlement };

export type AskerInput = Drawable & {
  readonly card: CardId;
  readonly nowMs: number;
};

export async function findAsker(manager: EntityManager, input: AskerInput): Promise<Result<Asker, AskerFault>> {
  const link = await findCardLink(manager, input.card);
  if (link === null) return err({ residentNumber: null, reason: 'card-not-linked', detail: null });
  const { residentNumber } = link;
  if (link.state === 'unlinked') return err({ residentNumber, reason: 'card-unlinked', detail: null });
  if (link.usableFromMs > input.nowMs) return err({ residentNumber, reason: 'card-not-yet-usable', detail: null });
  const resident = await findResident(manager, residentNumber);
  if (resident === null) return err({ residentNumber, reason: 'not-registered', detail: null });
  const entitlement = judgeEligibility({
    asker: resident,
    household: await readHousehold(manager, resident.household),
    settings: input.register.settings,
    date: input.date,
  });
  if (!entitlement.ok) {
    const { reason, residentNumber: whose } = entitlement.error;
    return err({ residentNumber, reason, detail: whose === residentNumber ? null : `entry of ${whose}` });
  }
  const drawable = drawableEntitlement(input, resident, entitlement.value);
  if (drawable.ok) return ok({ resident, entitlement: drawable.value });
  return err({ residentNumber, reason: drawable.error.code, detail: describePaperRefusal(drawable.error) });
}
