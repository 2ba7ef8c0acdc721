// The choice as it grows, one decision at a time: certificate → scope → (members) → what
// stands on it → copies. Pure: what was decided so far says which decisions there are. It
// offers only what the municipality's offer allows.
import type { OfferItem, OfferMember } from '#libs/contract/offer.js';
import type { CertificateChoice } from '#libs/contract/statements.js';
import { unreachable } from '#libs/std/assert.js';
import { inPages } from '#libs/ui/in-pages.js';
import { isLongName } from '#libs/ui/name-width.js';
import { limits } from '../limits.js';
import type { ViewOf } from '../stages.js';

export type Offered = ViewOf<'choose'>['data'];
export type Reviewed = { readonly choice: CertificateChoice; readonly copies: number };

/** 世帯全員, 本人だけ, 世帯の一部. The contract knows the last two as `part`. */
export type Reach = 'household' | 'self' | 'some';
export type Inclusion = 'relationship' | 'domicile' | 'myNumber';

export type Draft = {
  readonly kind: OfferItem['kind'] | null;
  readonly reach: Reach | null;
  /** Ids, meant where `reach` is `some`. */
  readonly members: readonly string[];
  readonly includes: Readonly<Record<Inclusion, boolean | null>>;
  readonly copies: number;
};

export const emptyDraft: Draft = {
  kind: null,
  reach: null,
  members: [],
  includes: { relationship: null, domicile: null, myNumber: null },
  copies: 1,
};

export type Decision =
  | { readonly name: 'certificate'; readonly item: OfferItem | null }
  | { readonly name: 'reach'; readonly reaches: readonly Reach[] }
  | { readonly name: 'members'; readonly page: number; readonly pages: number; readonly people: readonly OfferMember[] }
  | { readonly name: 'inclusion'; readonly inclusion: Inclusion }
  | { readonly name: 'copies'; readonly item: OfferItem };

/** All decisions, as far as those already taken let them be known. */
export function decisions(offered: Offered, draft: Draft): readonly Decision[] {
  const item = chosenItem(offered, draft);
  if (item === null) return [{ name: 'certificate', item }];
  const reaches = possibleReaches(offered, item);
  const pages = draft.reach === 'some' ? memberPages(offered) : [];
  const inclusions: readonly Inclusion[] = ['relationship', 'domicile', 'myNumber'];
  return [
    { name: 'certificate', item },
    { name: 'reach', reaches },
    ...pages.map((people, page) => ({ name: 'members' as const, page, pages: pages.length, people })),
    ...inclusions.filter((inclusion) => item.allows[inclusion]).map((inclusion) => ({ name: 'inclusion' as const, inclusion })),
    { name: 'copies', item },
  ];
}

function memberPages(offered: Offered): readonly (readonly OfferMember[])[] {
  const long = offered.members.some(({ name }) => isLongName(name));
  return inPages(offered.members, long ? limits.longChoicesAScreen : limits.choicesAScreen);
}

export function chosenItem(offered: Offered, draft: Draft): OfferItem | null {
  return offered.items.find((item) => item.kind === draft.kind && item.closed === null) ?? null;
}

/** Who lives alone can still choose: a sheet of the household says so, one of the person does not. */
function possibleReaches(offered: Offered, item: OfferItem): readonly Reach[] {
  const part = item.scopes.includes('part');
  const asker = offered.members.some((member) => member.isAsker);
  return [
    ...(item.scopes.includes('household') ? (['household'] as const) : []),
    ...(part && asker ? (['self'] as const) : []),
    ...(part && (offered.members.length > 1 || !asker) ? (['some'] as const) : []),
  ];
}

/** May one go on from here? On pages of members only the last one asks for somebody. */
export function isDecided(decision: Decision, draft: Draft): boolean {
  switch (decision.name) {
    case 'certificate':
      return decision.item !== null;
    case 'reach':
      return draft.reach !== null;
    case 'members':
      return decision.page + 1 < decision.pages || draft.members.length > 0;
    case 'inclusion':
      return draft.includes[decision.inclusion] !== null;
    case 'copies':
      return true;
    default:
      return unreachable(decision);
  }
}

/** Null as long as something is undecided. Members stand in the order of the register. */
export function toChoice(offered: Offered, draft: Draft): CertificateChoice | null {
  if (draft.kind === null || draft.reach === null) return null;
  if (!decisions(offered, draft).every((decision) => isDecided(decision, draft))) return null;
  return {
    kind: draft.kind,
    scope: draft.reach === 'household' ? 'household' : 'part',
    members: offered.members.filter((member) => isMeant(member, draft)).map((member) => member.id),
    relationship: draft.includes.relationship ?? false,
    domicile: draft.includes.domicile ?? false,
    myNumber: draft.includes.myNumber ?? false,
  };
}

function isMeant(member: OfferMember, draft: Draft): boolean {
  if (draft.reach === 'household') return true;
  return draft.reach === 'self' ? member.isAsker : draft.members.includes(member.id);
}

/** The way back from the review: the same decisions, all taken. */
export function toDraft(offered: Offered, { choice, copies }: Reviewed): Draft {
  const people = offered.members.filter((member) => choice.members.includes(member.id));
  const onlyAsker = people.length === 1 && people.every((member) => member.isAsker);
  const { kind, relationship, domicile, myNumber } = choice;
  const part = onlyAsker ? 'self' : 'some';
  return {
    kind,
    reach: choice.scope === 'household' ? 'household' : part,
    members: people.map((member) => member.id),
    includes: { relationship, domicile, myNumber },
    copies,
  };
}
