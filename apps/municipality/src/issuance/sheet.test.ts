import { describe, expect, test } from 'vitest';
import type { Resident } from '#libs/contract/register.js';
import { makeSheet, type SheetInput } from './sheet.js';

const resident: Resident = {
  residentNumber: '1',
  household: '1',
  order: 1,
  name: '神﨑\u{FA19}　見本',
  nameReading: 'かんざき　みほん',
  formerName: null,
  formerNameReading: null,
  birthDate: '1989-01-08',
  sex: '2',
  relationship: '妻',
  address: { line: '窓口県汐見台市甲１３２４番地', building: '見本荘１' },
  domicile: '窓口県汐見台市甲１番地',
  headOfFamilyRegister: '見本　太郎',
  becameResidentOn: '2019-05-01',
  addressSince: null,
  notifiedOn: '2019-05-07',
  addressBeforeMovingIn: null,
  myNumber: '123456789018',
  status: 'resident',
  flags: { protected: false, characterPending: false, movedInToday: false },
  foreign: null,
  eventNumber: 1,
};

function sheet(changes: Partial<SheetInput> = {}, choice: Partial<SheetInput['choice']> = {}): ReturnType<typeof makeSheet> {
  const input: SheetInput = {
    people: [resident],
    headOfHousehold: { ...resident, name: '見本　太郎' },
    choice: { kind: 'resident-record', scope: 'part', members: ['m'], relationship: false, domicile: false, myNumber: false, ...choice },
    head: { title: '窓口県汐見台市長', name: '潮田　渚', acting: null },
    date: '2026-11-24',
    requestSha256: 'f'.repeat(64),
    ...changes,
  };
  return makeSheet(input, '991015-000000001');
}

const omitted = { state: 'omitted' };
const shown = (text: string): object => ({ state: 'shown', text });

describe('a sheet', () => {
  test('omits what was not asked for and shows what was', () => {
    expect(sheet()).toMatchObject({
      headOfHousehold: omitted,
      people: [
        {
          relationship: omitted,
          domicile: omitted,
          headOfFamilyRegister: omitted,
          myNumber: omitted,
          residentCode: omitted,
          remarks: omitted,
        },
      ],
    });
    expect(sheet({}, { relationship: true, domicile: true, myNumber: true })).toMatchObject({
      headOfHousehold: shown('見本　太郎'),
      people: [
        {
          relationship: shown('妻'),
          domicile: shown('窓口県汐見台市甲１番地'),
          headOfFamilyRegister: shown('見本　太郎'),
          myNumber: shown('123456789018'),
          residentCode: omitted,
          remarks: omitted,
        },
      ],
    });
  });

  test('prints texts as the register has them and dates in 和暦; what is not there is blank', () => {
    expect(sheet()).toMatchObject({
      address: '窓口県汐見台市甲１３２４番地　見本荘１',
      issuedOn: '令和８年１１月２４日',
      people: [
        {
          name: resident.name,
          birthDate: '平成元年１月８日',
          sex: shown('女'),
          becameResidentOn: shown('令和元年５月１日'),
          addressSince: { state: 'blank' },
          addressBeforeMovingIn: { state: 'blank' },
          variable: [null, null, null, null],
        },
      ],
    });
  });

  test.each([
    ['0', { state: 'blank' }],
    ['1', shown('男')],
    ['2', shown('女')],
    ['9', { state: 'blank' }],
  ] as const)('prints sex %s as %o', (sex, field) => {
    expect(sheet({ people: [{ ...resident, sex }] }).people[0]?.sex).toEqual(field);
  });

  test('of a foreign resident has the Gregorian birth date, no reading, the common name, and nothing of the stay', () => {
    const foreign = {
      nationality: '見本国',
      category: '中長期在留者' as const,
      residenceStatus: '永住者',
      periodOfStay: null,
      periodExpiresOn: null,
      cardNumber: 'ZZ00000001ZZ',
      alias: '架空　まり',
    };
    const made = sheet({ people: [{ ...resident, foreign }] });
    expect(made.people[0]).toMatchObject({
      birthDate: '１９８９年１月８日',
      nameReading: { state: 'blank' },
      variable: [
        { label: '通称', value: shown('架空　まり') },
        { label: '国籍・地域', value: omitted },
        { label: '在留資格等', value: omitted },
        { label: '在留カード等の番号', value: omitted },
      ],
    });
    expect(JSON.stringify(made)).not.toMatch(/見本国|永住者|ZZ0/);
  });

  test('is issued by the head, or by whoever acts for the head', () => {
    expect(sheet().issuer).toBe('窓口県汐見台市長　潮田　渚');
    const acting = { title: '汐見台市副市長', name: '浜野　砂' };
    expect(sheet({ head: { title: '窓口県汐見台市長', name: '潮田　渚', acting } }).issuer).toBe(
      '窓口県汐見台市長職務代理者　汐見台市副市長　浜野　砂',
    );
  });
});
