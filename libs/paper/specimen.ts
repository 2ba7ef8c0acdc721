// 見本: a household that does not exist, for the sample picture, the tests and the benchmark.
import type { PrintedField, ResidentRecord, ResidentRecordPerson } from '#libs/certificate/resident-record.js';

export function shown(text: string): PrintedField {
  return { state: 'shown', text };
}
const omitted = { state: 'omitted' } as const;
const blank = { state: 'blank' } as const;

const first: ResidentRecordPerson = {
  name: '䶒藤󠄃　太朗󠄅',
  nameReading: shown('サイトウ　タロウ'),
  formerName: blank,
  formerNameReading: blank,
  birthDate: '昭和５８年１０月１日',
  sex: shown('男'),
  relationship: shown('世帯主'),
  headOfFamilyRegister: shown('䶒藤󠄃　太朗󠄅'),
  domicile: shown('窓口県汐見台市港町二丁目３番地'),
  myNumber: omitted,
  residentCode: omitted,
  becameResidentOn: shown('平成２５年４月１日'),
  addressSince: shown('令和元年５月１日'),
  notifiedOn: shown('平成２５年４月３日'),
  addressBeforeMovingIn: shown('窓口県青嶺市大字上青嶺字杉ノ下１２３４番地５　青嶺コーポ２０２号'),
  variable: [null, null, null, null],
  remarks: blank,
};

/** The names of the national specimen, with variation sequences and a character of extension F. */
const others: readonly Partial<ResidentRecordPerson>[] = [
  {
    name: '䶒藤󠄃　花子',
    nameReading: shown('サイトウ　ハナコ'),
    formerName: shown('渡𮞽'),
    formerNameReading: shown('ワタナベ'),
    birthDate: '昭和６０年２月２８日',
    sex: shown('女'),
    relationship: shown('妻'),
  },
  {
    name: '䶒藤󠄃　さくら',
    nameReading: shown('サイトウ　サクラ'),
    birthDate: '令和元年５月１日',
    sex: shown('女'),
    relationship: shown('子'),
    becameResidentOn: shown('令和元年５月１日'),
    addressSince: blank,
    notifiedOn: shown('令和元年５月８日'),
    addressBeforeMovingIn: blank,
  },
  {
    name: 'ＮＧＵＹＥＮ　ＶＡＮ　ＡＮＨ',
    nameReading: blank,
    birthDate: '１９９８年４月１０日',
    sex: shown('男'),
    relationship: shown('同居人'),
    headOfFamilyRegister: blank,
    domicile: blank,
    becameResidentOn: shown('令和５年４月３日'),
    addressSince: blank,
    notifiedOn: shown('令和５年４月５日'),
    addressBeforeMovingIn: blank,
    variable: [
      { label: '国籍・地域', value: shown('ベトナム') },
      { label: '在留カード等の番号', value: omitted },
      { label: '在留資格', value: shown('技術・人文知識・国際業務') },
      { label: '在留期間の満了の日', value: shown('２０２８年９月３０日') },
    ],
  },
];

export function specimenPerson(index: number): ResidentRecordPerson {
  return index === 0 ? first : { ...first, ...others[(index - 1) % others.length] };
}

export function specimenRecord(people: number, changes: Partial<ResidentRecord> = {}): ResidentRecord {
  return {
    scope: 'household',
    address: '窓口県汐見台市港町一丁目２番３号　虎ノ門ハイツ１０５号室',
    headOfHousehold: shown('䶒藤󠄃　太朗󠄅'),
    people: Array.from({ length: people }, (_, index) => specimenPerson(index)),
    issuedOn: '令和８年１１月１６日',
    issuer: '窓口県汐見台市長　潮田　渚',
    certificateNumber: '991015-2026-000123',
    requestSha256: '3f2a91bc77d01e4a58c6b7d39ef2140c6d5e8fa1b3027c94d1e6580b92fa734c',
    ...changes,
  };
}
