// What a person wants of a certificate, and how they tick it on the screen: what they did
// not make up their mind about, they leave as the offer has it.
import type { ScreenView } from '#libs/contract/screen.js';
import type { CertificateChoice } from '#libs/contract/statements.js';
import { err, ok, type Result } from '#libs/std/result.js';

/** Null: no wish. */
export type Wish = {
  readonly scope: 'household' | 'part' | null;
  readonly relationship: boolean | null;
  readonly domicile: boolean | null;
  readonly myNumber: boolean | null;
  readonly copies: number;
};

export const plainWish: Wish = { scope: null, relationship: null, domicile: null, myNumber: null, copies: 1 };

export type Chosen = { readonly choice: CertificateChoice; readonly copies: number };
/** `option`: what was wanted and is not offered. */
export type NotOffered = { readonly code: 'not-offered'; readonly option: string };

export function choose({ data }: Extract<ScreenView, { screen: 'choose' }>, wish: Wish): Result<Chosen, NotOffered> {
  const item = data.items.find((candidate) => candidate.kind === 'resident-record' && candidate.closed === null);
  const scope = wish.scope ?? item?.scopes[0];
  if (item === undefined || scope === undefined) return notOffered('certificate=resident-record');
  if (!item.scopes.includes(scope)) return notOffered(`scope=${scope}`);
  if (wish.copies > item.maxCopies) return notOffered(`copies=${wish.copies}`);
  const forbidden = (['relationship', 'domicile', 'myNumber'] as const).find((flag) => wish[flag] === true && !item.allows[flag]);
  if (forbidden !== undefined) return notOffered(`${forbidden}=true`);
  const wanted = scope === 'household' ? data.members : data.members.filter((member) => member.isAsker);
  const members = wanted.map((member) => member.id);
  const relationship = wish.relationship ?? item.allows.relationship;
  const { domicile, myNumber } = { domicile: wish.domicile ?? false, myNumber: wish.myNumber ?? false };
  return ok({ choice: { kind: 'resident-record', scope, members, relationship, domicile, myNumber }, copies: wish.copies });
}

function notOffered(option: string): Result<never, NotOffered> {
  return err({ code: 'not-offered', option });
}
