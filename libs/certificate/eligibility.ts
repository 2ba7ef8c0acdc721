// Who may have a 住民票の写し at a kiosk, and which members of the household this asker may
// be shown (issuance §2.6, §2.7). Pure: register entries in, an entitlement or the true
// reason out. The reason is for the municipality's own audited table and for nobody else
// (DESIGN §4, "Refusals do not speak").
//
// Members whom this asker may not know. When another member of the household is withheld
// (under protection, characters pending, moving out, moved here today, name too long …), the
// asker is offered themselves alone:
//   - never the scope 世帯全員: with the member it would tell, without the member the sheet
//     would certify what is not true;
//   - never the rest of the household: who is missing from a list is told by the list;
//   - never 続柄・世帯主: the head may be the one who is withheld.
// The shape of that offer is one and the same for every reason. 本籍・筆頭者 stay: they are of
// the asker's own family register, and are printed for somebody who lives alone, too.
import type { Resident, Settings } from '#libs/contract/register.js';
import { err, ok, type Result } from '#libs/std/result.js';
import { limits } from './limits.js';

export type ExclusionReason =
  | 'moved-out'
  | 'moving-out'
  | 'household-moving-out'
  | 'dead'
  | 'protected'
  | 'character-pending'
  | 'moved-in-today'
  | 'address-changed-today'
  | 'under-minimum-age'
  | 'age-unknown'
  | 'period-of-stay-expired'
  | 'name-too-long'
  | 'address-too-long'
  | 'household-too-large'
  /** One address is printed for all; two of them are a register that is being changed. */
  | 'another-address'
  /** Nobody is 世帯主, or two are: 続柄 is related to nobody. */
  | 'head-unclear'
  /** Of the paper (libs/paper/refusal.ts), found by laying the sheet out. */
  | 'glyph-missing'
  | 'does-not-fit';

/** `residentNumber`: whose entry it was; not always the asker's. `detail`: field and code points of a character. */
export type Exclusion = { readonly reason: ExclusionReason; readonly residentNumber: string; readonly detail?: string };

export type Scope = 'household' | 'part';

export type Entitlement = {
  /** In the order of the household; the asker is among them. */
  readonly members: readonly Resident[];
  readonly scopes: readonly Scope[];
  /** May 続柄・世帯主 be shown at all; the municipality's settings come on top. */
  readonly relationship: boolean;
  /** Why members are missing: for the audited table. */
  readonly withheld: readonly Exclusion[];
};

export type EligibilityInput = {
  readonly asker: Resident;
  /** Every entry with the asker's household number, in any order, whatever its status. */
  readonly household: readonly Resident[];
  readonly settings: Settings;
  /** Today in Japan, YYYY-MM-DD. */
  readonly date: string;
};

export function judgeEligibility(input: EligibilityInput): Result<Entitlement, Exclusion> {
  const { asker, settings, date } = input;
  const own = entryExclusion(asker, input) ?? ageExclusion(asker, settings.minimumAge, date);
  if (own !== null) return err({ reason: own, residentNumber: asker.residentNumber });

  const members = currentMembers(input.household);
  const leaving = members.find((member) => member.status === 'moving-out');
  if (leaving !== undefined && settings.blockHouseholdOfMovingOut) {
    return err({ reason: 'household-moving-out', residentNumber: leaving.residentNumber });
  }
  if (members.length > limits.offerMembers) return err({ reason: 'household-too-large', residentNumber: asker.residentNumber });
  return ok(entitlement(asker, members, input));
}

function entitlement(asker: Resident, members: readonly Resident[], input: EligibilityInput): Entitlement {
  const withheld = members.flatMap((member): Exclusion[] => {
    const reason = member.residentNumber === asker.residentNumber ? null : memberExclusion(member, asker, input);
    return reason === null ? [] : [{ reason, residentNumber: member.residentNumber }];
  });
  if (members.filter((member) => member.relationship === '世帯主').length !== 1) {
    withheld.push({ reason: 'head-unclear', residentNumber: asker.residentNumber });
  }
  if (withheld.length > 0) return { members: [asker], scopes: ['part'], relationship: false, withheld };
  // 世帯の一部 of one person would be the whole household.
  return { members, scopes: members.length === 1 ? ['household'] : ['household', 'part'], relationship: true, withheld };
}

function memberExclusion(member: Resident, asker: Resident, context: EntryContext): ExclusionReason | null {
  const { line, building } = member.address;
  const isSameAddress = line === asker.address.line && building === asker.address.building;
  return entryExclusion(member, context) ?? (isSameAddress ? null : 'another-address');
}

/** 消除された者 stand on no 住民票の写し: whoever died or left is no member. */
function currentMembers(household: readonly Resident[]): readonly Resident[] {
  return household
    .filter((resident) => resident.status === 'resident' || resident.status === 'moving-out')
    .toSorted((a, b) => a.order - b.order);
}

type EntryContext = Pick<EligibilityInput, 'settings' | 'date'>;

/** What in an entry of the register keeps it from being printed, for the asker and for every other member alike. */
function entryExclusion(resident: Resident, { settings, date }: EntryContext): ExclusionReason | null {
  if (resident.status === 'dead') return 'dead';
  if (resident.status === 'moved-out') return 'moved-out';
  if (resident.flags.protected) return 'protected';
  if (resident.status === 'moving-out') return 'moving-out';
  if (resident.flags.characterPending) return 'character-pending';
  if (resident.flags.movedInToday || resident.notifiedOn === date) return 'moved-in-today';
  // Usable from the next day on, as after a card was handed over (issuance §2.7).
  if (resident.flags.addressChangedToday === true || resident.addressSince === date) return 'address-changed-today';
  if (stayExpired(resident, date) && !settings.issueAfterPeriodOfStay) return 'period-of-stay-expired';
  return lengthExclusion(resident, settings);
}

/** 文字溢れ of the systems behind the register, counted in code points; what fits the sheet is found by laying it out. */
function lengthExclusion({ name, foreign, address }: Resident, settings: Settings): ExclusionReason | null {
  if (Math.max(lengthOf(name), lengthOf(foreign?.alias ?? '')) > settings.maxNameLength) return 'name-too-long';
  return lengthOf(address.line) + lengthOf(address.building ?? '') > settings.maxAddressLength ? 'address-too-long' : null;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** 在留期間の満了の日 is the last day of the stay. */
function stayExpired(resident: Resident, date: string): boolean {
  const expiresOn = resident.foreign?.periodExpiresOn ?? null;
  return expiresOn !== null && expiresOn < date;
}

/** Where month or day are unknown, the person is as young as they can be; where the year is, nobody can tell. */
function ageExclusion(asker: Resident, minimumAge: number, date: string): ExclusionReason | null {
  const year = asker.birthDate.slice(0, 4);
  if (year === '9999' || year === '0000') return 'age-unknown';
  const month = known(asker.birthDate.slice(5, 7), '12');
  const day = known(asker.birthDate.slice(8, 10), '31');
  const oldEnoughOn = `${String(Number(year) + minimumAge).padStart(4, '0')}-${month}-${day}`;
  return date < oldEnoughOn ? 'under-minimum-age' : null;
}

function known(part: string, latest: string): string {
  return part === '99' || part === '00' ? latest : part;
}
