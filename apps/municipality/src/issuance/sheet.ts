// From register entries to what stands on the sheet (libs/certificate/resident-record.ts;
// issuance §8.2, §10). Texts are the master record's own, never normalised.
import type { PrintedField, ResidentRecord, ResidentRecordPerson, VariableField } from '#libs/certificate/resident-record.js';
import { formatGregorian, formatWareki } from '#libs/certificate/wareki.js';
import type { Resident, Settings } from '#libs/contract/register.js';
import type { CertificateChoice } from '#libs/contract/statements.js';
import { assert } from '#libs/std/assert.js';

const omitted = { state: 'omitted' } as const;
const blank = { state: 'blank' } as const;
/** ISO/IEC 5218; 0 (not known) and 9 (not applicable) are registered as nothing. */
const sexes: Readonly<Record<Resident['sex'], string | null>> = { '0': null, '1': '男', '2': '女', '9': null };

export type SheetInput = {
  /** Who stands on it, in the order of the household. */
  readonly people: readonly Resident[];
  /** 世帯主, null where the register has none. */
  readonly headOfHousehold: Resident | null;
  readonly choice: CertificateChoice;
  readonly head: Settings['head'];
  /** Today in Japan, YYYY-MM-DD. */
  readonly date: string;
  readonly requestSha256: string;
};

export function makeSheet(input: SheetInput, certificateNumber: string): ResidentRecord {
  const { people, choice } = input;
  const [first] = people;
  assert(first !== undefined, 'a sheet has somebody on it');
  const { line, building } = first.address;
  return {
    scope: choice.scope,
    address: building === null ? line : `${line}　${building}`,
    headOfHousehold: asked(choice.relationship, input.headOfHousehold?.name ?? null),
    people: people.map((resident) => personOf(resident, choice)),
    issuedOn: formatWareki(input.date),
    issuer: issuerOf(input.head),
    certificateNumber,
    requestSha256: input.requestSha256,
  };
}

function personOf(resident: Resident, choice: CertificateChoice): ResidentRecordPerson {
  const isForeign = resident.foreign !== null;
  return {
    name: resident.name,
    nameReading: isForeign ? blank : printed(resident.nameReading),
    formerName: printed(resident.formerName),
    formerNameReading: printed(resident.formerNameReading),
    birthDate: isForeign ? formatGregorian(resident.birthDate) : formatWareki(resident.birthDate),
    sex: printed(sexes[resident.sex]),
    relationship: asked(choice.relationship, resident.relationship),
    headOfFamilyRegister: asked(choice.domicile, resident.headOfFamilyRegister),
    domicile: asked(choice.domicile, resident.domicile),
    myNumber: asked(choice.myNumber, resident.myNumber),
    residentCode: omitted,
    becameResidentOn: printedDate(resident.becameResidentOn),
    addressSince: printedDate(resident.addressSince),
    notifiedOn: printedDate(resident.notifiedOn),
    addressBeforeMovingIn: printed(resident.addressBeforeMovingIn),
    variable: variableFields(resident.foreign),
    // 備考 is not issued at a kiosk (issuance §2.4).
    remarks: omitted,
  };
}

type Variable = ResidentRecordPerson['variable'];

/**
 * 通称 is part of how the person is named, so it stands there. Nationality and residence
 * status are printed on request only, and the request has no such option yet: omitted.
 */
function variableFields(foreign: Resident['foreign']): Variable {
  if (foreign === null) return [null, null, null, null];
  const onRequest = (label: string): VariableField => ({ label, value: omitted });
  return [
    { label: '通称', value: printed(foreign.alias) },
    onRequest('国籍・地域'),
    onRequest('在留資格等'),
    onRequest('在留カード等の番号'),
  ];
}

function asked(wanted: boolean, text: string | null): PrintedField {
  return wanted ? printed(text) : omitted;
}

function printed(text: string | null): PrintedField {
  return text === null || text === '' ? blank : { state: 'shown', text };
}

function printedDate(registered: string | null): PrintedField {
  return printed(registered === null ? null : formatWareki(registered));
}

/** Title and name, or with the 職務代理者 who signs in the head's place. */
function issuerOf({ title, name, acting }: Settings['head']): string {
  return acting === null ? `${title}　${name}` : `${title}職務代理者　${acting.title}　${acting.name}`;
}
