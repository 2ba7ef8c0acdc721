// Writes register entries of people who do not exist (issuance §8.2, §10). What a story
// does not say is filled in here, so that a story holds only what makes it one.
import { myNumberCheckDigit } from '#libs/certificate/my-number.js';
import type { Resident } from '#libs/contract/register.js';

export type Person = {
  readonly name: string;
  readonly reading: string | null;
  readonly born: string;
  readonly sex: '男' | '女';
  readonly relationship: string;
  readonly changes?: Partial<Resident>;
};

export type Household = {
  /** Three digits, once in the whole world. */
  readonly number: string;
  readonly address: string;
  readonly building?: string;
  /** 本籍 and 筆頭者; absent for a household of foreign residents. */
  readonly family?: { readonly domicile: string; readonly head: string };
  readonly since?: string;
  readonly from?: string;
};

export const noFlags = { protected: false, characterPending: false, movedInToday: false } as const;

/** The people in the order of the household; the first is number 01. */
export function household(home: Household, people: readonly Person[]): readonly Resident[] {
  return people.map((person, index) => entry(home, person, index + 1));
}

function entry(home: Household, person: Person, order: number): Resident {
  const residentNumber = `9${home.number}${String(order).padStart(2, '0')}`;
  const since = home.since ?? '2012-04-01';
  const registered = person.born > since ? person.born : since;
  return {
    residentNumber,
    household: `9${home.number}00`,
    order,
    name: person.name,
    nameReading: person.reading,
    formerName: null,
    formerNameReading: null,
    birthDate: person.born,
    sex: person.sex === '男' ? '1' : '2',
    relationship: person.relationship,
    address: { line: home.address, building: home.building ?? null },
    domicile: home.family?.domicile ?? null,
    headOfFamilyRegister: home.family?.head ?? null,
    becameResidentOn: registered,
    addressSince: null,
    notifiedOn: registered,
    addressBeforeMovingIn: person.born > since ? null : (home.from ?? '窓口県青嶺市若葉台四丁目５番６号'),
    myNumber: fictionalMyNumber(residentNumber),
    status: 'resident',
    flags: noFlags,
    foreign: null,
    eventNumber: 1,
    ...person.changes,
  };
}

/** Right by its check digit, and of nobody: counted up from the fictional resident number. */
function fictionalMyNumber(residentNumber: string): string {
  const base = `99000${residentNumber}`;
  return `${base}${myNumberCheckDigit(base)}`;
}

/** The lot of a household's number as addresses write it: 05 of 205 is ５. */
export function lotOf(household: string): string {
  const digits = String(Number(household.slice(1)));
  return digits.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}
