// The offer (DESIGN §3 step 4, libs/contract/offer.ts): made from an entitlement and the
// settings of the moment. What is stored of it is what the request will be held against.
import { z } from 'zod';
import { feeOn } from '#libs/certificate/fee.js';
import { japaneseDate, openingAt } from '#libs/certificate/hours.js';
import { kinds } from '#libs/certificate/kinds.js';
import { offerItemSchema, type OfferItem, type OfferMember } from '#libs/contract/offer.js';
import type { KindSettings } from '#libs/contract/register.js';
import type { Random } from '#libs/std/random.js';
import type { RegisterFacts } from '../storage/registers.js';
import type { Asker } from './asker.js';

/** In `OfferRow.terms`. */
export const storedOfferSchema = z.strictObject({
  members: z.array(z.strictObject({ id: z.string(), residentNumber: z.string() })),
  items: z.array(offerItemSchema),
  settingsVersion: z.string(),
});
export type StoredOffer = z.infer<typeof storedOfferSchema>;

export const stoppedSentence = 'ただいま証明書の交付を停止しています。お急ぎの方は、市区町村の窓口をご利用ください。';
const cannotTellSentence = 'ただいまカードの電子証明書の状態を確認できないため、お出しできません。しばらくしてからお試しください。';

export type OfferInput = {
  readonly asker: Asker;
  readonly register: RegisterFacts;
  readonly revocationSource: 'ocsp' | 'crl';
  readonly nowMs: number;
};

/** Empty where this municipality offers nothing, to whomever. */
export function makeItems(input: OfferInput): readonly OfferItem[] {
  const settings = input.register.settings.kinds['resident-record'];
  const feeYen = settings === undefined ? null : feeOn(settings.fees, japaneseDate(input.nowMs));
  if (settings === undefined || feeYen === null) return [];
  const { entitlement } = input.asker;
  return [
    {
      kind: 'resident-record',
      title: kinds['resident-record'].title,
      feeYen,
      scopes: [...entitlement.scopes],
      allows: allowsOf(settings.allows, entitlement),
      maxCopies: settings.maxCopies,
      closed: closedSentence(input, settings),
    },
  ];
}

/** 本籍・筆頭者 are of Japanese citizens only (issuance §2.2): where nobody has any, nothing is to be asked for. */
function allowsOf(allows: KindSettings['allows'], { members, relationship }: Asker['entitlement']): OfferItem['allows'] {
  const hasDomicile = members.some((member) => member.domicile !== null || member.headOfFamilyRegister !== null);
  return { ...allows, relationship: allows.relationship && relationship, domicile: allows.domicile && hasDomicile };
}

function closedSentence(input: OfferInput, settings: KindSettings): string | null {
  if (input.register.stopped) return stoppedSentence;
  if (input.revocationSource === 'crl' && !settings.crlFallback) return cannotTellSentence;
  const opening = openingAt(settings.hours, input.nowMs);
  return opening.open ? null : opening.sentence;
}

type Members = { readonly offered: OfferMember[]; readonly stored: StoredOffer['members'] };

/** Ids are random and mean something in this offer only. */
export function makeMembers({ resident, entitlement }: Asker, random: Random): Members {
  const withIds = entitlement.members.map((member) => ({ id: `m${random.bytes(8).toString('hex')}`, member }));
  return {
    offered: withIds.map(({ id, member }) => ({
      id,
      name: member.name,
      // Where 続柄 may not be shown, the offer does not tell it either.
      relationship: entitlement.relationship ? member.relationship : '',
      isAsker: member.residentNumber === resident.residentNumber,
    })),
    stored: withIds.map(({ id, member }) => ({ id, residentNumber: member.residentNumber })),
  };
}
