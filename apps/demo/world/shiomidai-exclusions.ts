// 窓口県汐見台市: one household for each exclusion of issuance §2.7, and the people whose
// card or bank account is the story.
import type { Resident } from '#libs/contract/register.js';
import { household, noFlags, lotOf, type Person } from './person.js';

function alone(number: string, person: Omit<Person, 'relationship' | 'reading'> & { readonly reading?: string }): readonly Resident[] {
  const home = {
    number,
    address: `窓口県汐見台市波止場町${lotOf(number)}番地`,
    family: { domicile: '窓口県汐見台市波止場町１番地', head: person.name },
  };
  return household(home, [{ reading: null, ...person, relationship: '世帯主' }]);
}

export const exclusions: readonly Resident[] = [
  ...alone('301', { name: '転出　済', born: '1983-03-13', sex: '男', changes: { status: 'moved-out' } }),
  ...household(
    { number: '302', address: '窓口県汐見台市波止場町２番地', family: { domicile: '窓口県汐見台市波止場町２番地', head: '転出　予定' } },
    [
      { name: '転出　予定', reading: null, born: '1980-10-20', sex: '男', relationship: '世帯主', changes: { status: 'moving-out' } },
      { name: '転出　留守', reading: null, born: '1982-12-02', sex: '女', relationship: '妻' },
    ],
  ),
  ...alone('303', { name: '支援　措置', born: '1986-06-26', sex: '女', changes: { flags: { ...noFlags, protected: true } } }),
  ...alone('304', { name: '故人　見本', born: '1935-05-25', sex: '男', changes: { status: 'dead' } }),
  ...alone('305', { name: '外字　登録', born: '1977-07-27', sex: '男', changes: { flags: { ...noFlags, characterPending: true } } }),
  ...alone('306', { name: '今日　転入', born: '1999-09-29', sex: '女', changes: { flags: { ...noFlags, movedInToday: true } } }),
  ...household(
    { number: '307', address: '窓口県汐見台市波止場町７番地', family: { domicile: '窓口県汐見台市波止場町７番地', head: '未満　親子' } },
    [
      { name: '未満　親子', reading: null, born: '1985-01-15', sex: '女', relationship: '世帯主' },
      { name: '未満　若葉', reading: null, born: '2018-04-01', sex: '女', relationship: '子' },
    ],
  ),
  ...household({ number: '308', address: '窓口県汐見台市波止場町８番地', from: '国外' }, [
    {
      name: 'KIGEN GIRE',
      reading: null,
      born: '1994-04-14',
      sex: '男',
      relationship: '世帯主',
      changes: {
        foreign: {
          nationality: '例示国',
          category: '中長期在留者',
          residenceStatus: '留学',
          periodOfStay: '２年',
          periodExpiresOn: '2024-03-31',
          cardNumber: 'ZZ00000003ZZ',
          alias: null,
        },
      },
    },
  ]),
  ...alone('310', { name: '今日　転居', born: '1981-08-18', sex: '男', changes: { flags: { ...noFlags, addressChangedToday: true } } }),
  // Longer with its 方書 than the systems behind the register take.
  ...alone('311', {
    name: '長居　住所',
    born: '1974-07-14',
    sex: '女',
    changes: {
      address: { line: `窓口県汐見台市${'大字海原字潮路'.repeat(11)}１番地`, building: '潮騒コーポラス波止場通り東館１０１号室' },
    },
  }),
  ...alone('309', { name: '不明　生年', born: '9999-99-99', sex: '男' }),
];

export const cardStories: readonly Resident[] = [
  ...alone('401', { name: '翌日　利用', born: '1992-02-12', sex: '女' }),
  ...alone('402', { name: '二重　登録', born: '1990-12-22', sex: '男' }),
  ...alone('403', { name: '期限　切子', born: '1970-10-10', sex: '女' }),
  ...alone('404', { name: '失効　見本', born: '1968-08-08', sex: '男' }),
  ...alone('405', { name: '施錠　見本', born: '1950-05-15', sex: '女' }),
  ...alone('406', { name: '残一　回数', born: '1947-11-11', sex: '男' }),
  ...alone('407', { name: '住基　見本', born: '1959-09-09', sex: '女' }),
  ...alone('408', { name: '携帯　見本', born: '2000-02-20', sex: '男' }),
  ...alone('409', { name: '証無　見本', born: '1998-08-28', sex: '女' }),
  ...alone('410', { name: '番無　顔認', born: '1940-04-24', sex: '男' }),
  ...alone('411', { name: '残高　不足', born: '1996-06-16', sex: '女' }),
  ...alone('412', { name: '番号　失念', born: '1965-05-25', sex: '男' }),
  ...alone('413', { name: '残高　零', born: '1997-07-07', sex: '男' }),
  ...alone('414', { name: '期限　間近', born: '1969-09-19', sex: '女' }),
  ...alone('415', { name: '一時　停止', born: '1988-08-18', sex: '男' }),
  ...alone('416', { name: '番号　間違', born: '1993-03-13', sex: '女' }),
];
