// What stands on each page, as text by field name: the record unfolded into the strings that
// are printed. Both the drawing and the hash of a page work on this and on nothing else.
import type { PrintedField, ResidentRecord, ResidentRecordPerson } from '#libs/certificate/resident-record.js';
import { canonicalJson } from '#libs/contract/statements.js';
import { sha256Hex } from '#libs/std/bytes.js';
import { residentRecordForm } from './resident-record-form.js';

export type PageFields = {
  readonly page: number;
  readonly of: number;
  /** Keys are paths: `address`, `people[4].name` (numbered through all pages). Order is the order of the form. */
  readonly fields: Readonly<Record<string, string>>;
};

const unused = '＊＊＊';

function printed(field: PrintedField): string {
  switch (field.state) {
    case 'shown':
      return field.text;
    case 'omitted':
      return '【省略】';
    case 'blank':
      return '【空欄】';
  }
}

export function pagesOf(record: ResidentRecord): readonly PageFields[] {
  const perPage = residentRecordForm.people.count;
  const of = Math.ceil(record.people.length / perPage);
  return Array.from({ length: of }, (_, i) => {
    const people = record.people.slice(i * perPage, (i + 1) * perPage);
    const personal = people.flatMap((person, slot) => personFields(person, i * perPage + slot));
    return { page: i + 1, of, fields: { ...sheetFields(record, `${i + 1}/${of}`), ...Object.fromEntries(personal) } };
  });
}

function sheetFields(record: ResidentRecord, page: string): Record<string, string> {
  const whom = record.scope === 'household' ? '世帯全員' : '世帯の一部';
  return {
    certificateNumber: record.certificateNumber,
    page,
    issuedOn: record.issuedOn,
    address: record.address,
    headOfHousehold: printed(record.headOfHousehold),
    certification: `この写しは、${whom}の住民票の原本と相違ないことを証明する。`,
    issuer: record.issuer,
    requestMark: requestMark(record.requestSha256),
    requestSha256: record.requestSha256,
  };
}

/** The first 64 bits in groups of four, to be read out over a telephone. */
function requestMark(sha256: string): string {
  return (sha256.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join('-');
}

function personFields(person: ResidentRecordPerson, index: number): [string, string][] {
  const texts: Record<string, string> = {
    number: String(index + 1),
    nameReading: printed(person.nameReading),
    myNumber: printed(person.myNumber),
    name: person.name,
    residentCode: printed(person.residentCode),
    becameResidentOn: printed(person.becameResidentOn),
    formerNameReading: printed(person.formerNameReading),
    addressSince: printed(person.addressSince),
    formerName: printed(person.formerName),
    notifiedOn: printed(person.notifiedOn),
    birthDate: person.birthDate,
    sex: printed(person.sex),
    relationship: printed(person.relationship),
    headOfFamilyRegister: printed(person.headOfFamilyRegister),
    domicile: printed(person.domicile),
    addressBeforeMovingIn: printed(person.addressBeforeMovingIn),
    remarks: printed(person.remarks),
  };
  person.variable.forEach((pair, i) => {
    texts[`variable[${i}].label`] = pair?.label ?? unused;
    texts[`variable[${i}].value`] = pair === null ? unused : printed(pair.value);
  });
  return Object.entries(texts).map(([field, text]) => [`people[${index}].${field}`, text]);
}

/** SHA-256 over the RFC 8785 form of `{ fields, form, of, page }`: one page cannot stand for another. */
export function fieldsSha256(page: PageFields): string {
  return sha256Hex(canonicalJson({ form: residentRecordForm.id, page: page.page, of: page.of, fields: page.fields }));
}
