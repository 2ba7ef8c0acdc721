// Exclusions override an offer (DESIGN §4): the rules are applied anew to the register of this
// moment, when a certificate is asked for and once more before it is charged.
import { japaneseDate } from '#libs/certificate/hours.js';
import type { Resident } from '#libs/contract/register.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { err, ok, type Result } from '#libs/std/result.js';
import type { EntityManager, OfferRow } from '../storage/issuance.js';
import type { RegisterFacts } from '../storage/registers.js';
import { findAsker, type Asker } from './asker.js';
import type { Chosen } from './choice.js';
import type { Parts } from './parts.js';

export type Judged = Pick<Parts, 'findUndrawable'> & {
  readonly statement: RequestStatement;
  readonly register: RegisterFacts;
  /** Knows the card too: the one that signed the statement. */
  readonly offer: OfferRow;
  readonly chosen: Chosen;
  readonly nowMs: number;
};
export type Entitled = { readonly people: readonly Resident[]; readonly headOfHousehold: Resident | null; readonly asker: Resident };
export type EntitledFault = { readonly reason: string; readonly detail: string | null };

export async function findEntitled(manager: EntityManager, judged: Judged): Promise<Result<Entitled, EntitledFault>> {
  const { findUndrawable, statement, register, offer, chosen, nowMs } = judged;
  const asker = await findAsker(manager, { card: offer, register, findUndrawable, date: japaneseDate(nowMs), nowMs });
  if (!asker.ok) return err({ reason: asker.error.reason, detail: asker.error.detail });
  if (asker.value.resident.residentNumber !== offer.residentNumber) return err({ reason: 'card-linked-to-another', detail: null });
  const { resident, entitlement } = asker.value;
  if (!stillCovers(asker.value, statement, chosen)) return err({ reason: 'household-changed', detail: null });
  const wanted = new Set(chosen.residentNumbers);
  return ok({
    asker: resident,
    people: entitlement.members.filter((member) => wanted.has(member.residentNumber)),
    headOfHousehold: entitlement.members.find((member) => member.relationship === '世帯主') ?? null,
  });
}

function stillCovers({ entitlement }: Asker, { choice }: RequestStatement, { residentNumbers }: Chosen): boolean {
  const known = new Set(entitlement.members.map((member) => member.residentNumber));
  if (!residentNumbers.every((number) => known.has(number))) return false;
  if (choice.relationship && !entitlement.relationship) return false;
  // A birth since the offer: what was the whole household is a part of it now, and the other way round.
  return entitlement.scopes.includes(choice.scope) && (choice.scope === 'part' || known.size === residentNumbers.length);
}
