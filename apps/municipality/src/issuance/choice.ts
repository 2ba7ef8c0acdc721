// Does the signed request ask for what was offered, at the fee that was offered. The offer
// is honoured as it was made: fee and hours may have changed meanwhile (DESIGN §4).
import type { OfferItem } from '#libs/contract/offer.js';
import type { RequestStatement } from '#libs/contract/statements.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { storedOfferSchema, type StoredOffer } from './offer.js';
import { refused, type Refused } from './refused.js';

/** The chosen people's resident numbers, in the offer's order. */
export type Chosen = { readonly item: OfferItem; readonly residentNumbers: readonly string[]; readonly settingsVersion: string };

export function readChoice(statement: RequestStatement, terms: string): Result<Chosen, Refused> {
  const stored = storedOfferSchema.parse(JSON.parse(terms));
  const { choice, copies, feeYen } = statement;
  const item = stored.items.find((candidate) => candidate.kind === choice.kind);
  if (item === undefined) return refused('choice-not-offered');
  if (item.closed !== null) return err({ code: 'closed', sentence: item.closed });
  if (!isOffered(item, statement) || copies > item.maxCopies || feeYen !== item.feeYen * copies) return refused('choice-not-offered');
  const residentNumbers = chosenMembers(statement, stored);
  if (residentNumbers === null) return refused('choice-not-offered');
  return ok({ item, residentNumbers, settingsVersion: stored.settingsVersion });
}

function isOffered(item: OfferItem, { choice }: RequestStatement): boolean {
  const { allows } = item;
  return (
    item.scopes.includes(choice.scope) &&
    (allows.relationship || !choice.relationship) &&
    (allows.domicile || !choice.domicile) &&
    (allows.myNumber || !choice.myNumber)
  );
}

/**
 * Null for an id that is not of this offer, for one that is named twice, and where the
 * scope says something else than the list: the sheet certifies 世帯全員 or 世帯の一部. The
 * one exception is an offer of one person with the scope `part`: that is all they may have.
 */
function chosenMembers({ choice }: RequestStatement, stored: StoredOffer): readonly string[] | null {
  const wanted = new Set(choice.members);
  const chosen = stored.members.filter((member) => wanted.has(member.id));
  if (chosen.length !== choice.members.length) return null;
  const all = chosen.length === stored.members.length;
  const fits = choice.scope === 'household' ? all : !all || stored.members.length === 1;
  return fits ? chosen.map((member) => member.residentNumber) : null;
}
